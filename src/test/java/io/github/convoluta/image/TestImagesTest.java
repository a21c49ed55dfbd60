package io.github.convoluta.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import org.junit.jupiter.api.Test;

class TestImagesTest {

	private static void assertStored(final ImagePlus made) {
		final ImagePlus stored = IJ.openImage(Path.of("test-images", made.getTitle()).toString());
		assertEquals(made.getStackSize(), stored.getStackSize(), made.getTitle());
		for (int i = 1; i <= made.getStackSize(); i++)
			assertEquals(0, difference(made.getStack().getPixels(i), stored.getStack().getPixels(i)), made.getTitle() + " " + i);
		assertEquals(made.getCalibration().pixelDepth, stored.getCalibration().pixelDepth, 1e-9);
		assertEquals(made.getNFrames(), stored.getNFrames());
	}

	private static String withoutIdentity(final Calibration calibration) {
		return calibration.toString().replaceAll("@\\w+", "");
	}

	private static int difference(final Object a, final Object b) {
		if (a instanceof final byte[] x) assertArrayEquals(x, (byte[]) b);
		else if (a instanceof final short[] x) assertArrayEquals(x, (short[]) b);
		else if (a instanceof final int[] x) assertArrayEquals(x, (int[]) b);
		else assertArrayEquals((float[]) a, (float[]) b);
		return 0;
	}

	@Test
	void everyStoredImageIsAnExampleJustAsInItsFile() throws IOException {
		final List<String> names;
		try (Stream<Path> files = Files.list(Path.of("test-images"))) {
			names = files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".tif")).map(f -> f.replace(".tif", ""))
				.sorted().toList();
		}
		assertEquals(names, ExampleImages.NAMES.stream().sorted().toList());
		for (final String name : names) {
			final ImagePlus stored = IJ.openImage("test-images/" + name + ".tif"), example = ExampleImages.open(name);
			assertEquals(name + ".tif", example.getTitle());
			assertArrayEquals(stored.getDimensions(), example.getDimensions());
			assertEquals(withoutIdentity(stored.getCalibration()), withoutIdentity(example.getCalibration()), name);
			assertEquals(stored.isComposite(), example.isComposite(), name);
			assertEquals(stored.getDisplayRangeMax(), example.getDisplayRangeMax(), name);
			for (int i = 1; i <= stored.getStackSize(); i++) {
				assertEquals(0, difference(stored.getStack().getPixels(i), example.getStack().getPixels(i)), name + " " + i);
				assertEquals(stored.getStack().getSliceLabel(i), example.getStack().getSliceLabel(i), name);
			}
		}
	}

	@Test
	void theStoredImagesAreWhatTheFormulasGive() throws IOException {
		assertStored(TestImages.cells());
		assertStored(TestImages.cellsLabels());
		assertStored(TestImages.membranes());
		assertStored(TestImages.chest());
		assertStored(TestImages.ct());
		assertStored(TestImages.ctLabels());
		assertStored(TestImages.tissue());
		assertStored(TestImages.timeSeries());
		assertStored(TestImages.ecg());
		assertEquals(TestImages.ecgTable(), Files.readString(Path.of("test-images", "ecg.csv")));
	}
}
