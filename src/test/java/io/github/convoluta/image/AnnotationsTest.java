package io.github.convoluta.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.gui.TextRoi;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.FloatPolygon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is drawn, erased and taken back, and what of it lies in the image's overlay. */
class AnnotationsTest {

	private static final int W = 40, H = 30;

	private final Random random = new Random(7);

	private static ImagePlus image() {
		return IJ.createImage("image", "8-bit black", W, H, 1);
	}

	private static ImagePlus labels(final Annotations annotations) {
		final List<Roi> rois = annotations.rois();
		return RoiLabels.paint(annotations.image(), rois, RoiClasses.of(rois, RoiClasses.By.AUTOMATIC), 0, "labels", r -> {});
	}

	private static byte[] pixels(final Annotations annotations) {
		final ImagePlus all = labels(annotations);
		final byte[] values = new byte[W * H * all.getStackSize()];
		for (int i = 0; i < all.getStackSize(); i++)
			System.arraycopy(all.getStack().getPixels(i + 1), 0, values, i * W * H, W * H);
		return values;
	}

	/** What ImageJ's tools give: areas, composites, lines of any width. */
	private Roi selection() {
		final int x = random.nextInt(W - 8), y = random.nextInt(H - 8), w = 3 + random.nextInt(12), h = 3 + random.nextInt(12);
		return switch (random.nextInt(5)) {
			case 0 -> new Roi(x, y, w, h);
			case 1 -> new OvalRoi(x, y, w, h);
			case 2 -> new ShapeRoi(new Roi(x, y, w, h)).xor(new ShapeRoi(new OvalRoi(x + 2, y + 2, w, h)));
			case 3 -> {
				final Roi line = new Line(x, y, Math.min(W - 1, x + w), y + 4);
				line.setStrokeWidth(1 + random.nextInt(3));
				yield line;
			}
			default -> new PolygonRoi(new FloatPolygon(new float[] { x, x + w, x + w / 2f }, new float[] { y, y + 2, y + h }),
				Roi.FREEROI);
		};
	}

	/** Plane by plane, painting is drawing over and erasing is drawing nothing. */
	@Test
	void erasingTakesAwayExactlyThePixelsUnderTheSelection() {
		final Annotations annotations = new Annotations(image());
		final ByteProcessor expected = new ByteProcessor(W, H);
		annotations.add(new Roi(0, 0, 2, 2), 1);
		RoiLabels.paint(expected, new Roi(0, 0, 2, 2), 1, annotations.image(), 1, 1);
		for (int i = 0; i < 60; i++) {
			final Roi selection = selection();
			final int value = random.nextInt(3);
			if (value == 0) annotations.erase(selection);
			else annotations.add(selection, value);
			if (value > 0) RoiLabels.paint(expected, selection, value, annotations.image(), 1, 1);
			final byte[] now = pixels(annotations);
			final ByteProcessor under = new ByteProcessor(W, H);
			RoiLabels.paint(under, selection, 1, annotations.image(), 1, 1);
			for (int k = 0; k < now.length; k++)
				if (under.get(k) == 1) {
					assertEquals(value, now[k], "step " + i);
					expected.set(k, value);
				}
				else assertEquals(expected.get(k), now[k], "step " + i);
		}
	}

	@Test
	void everyStepCanBeTakenBackOneAfterTheOther() {
		final Annotations annotations = new Annotations(image());
		final List<byte[]> before = new ArrayList<>();
		final List<List<RoiClasses.RoiClass>> classes = new ArrayList<>();
		final List<Consumer<Annotations>> changes = List.of(a -> a.add(new Roi(2, 2, 9, 9), 1), a -> a.add(new OvalRoi(5, 5, 12,
			12), 2), a -> a.addClass("third"), a -> a.add(new Roi(0, 0, 4, 4), 3), a -> a.erase(new Roi(3, 3, 9, 3)), a -> a
				.rename(2, "cell"), a -> a.recolour(2, Color.PINK), a -> a.removeClass(1));
		annotations.add(new Roi(20, 20, 2, 2), 2);
		for (final Consumer<Annotations> change : changes) {
			before.add(pixels(annotations));
			classes.add(annotations.classes());
			change.accept(annotations);
		}
		assertEquals(List.of("cell", "third"), annotations.classes().stream().map(RoiClasses.RoiClass::name).toList());
		for (int i = changes.size() - 1; i >= 0; i--) {
			annotations.undo();
			assertArrayEquals(before.get(i), pixels(annotations), "step " + i);
			assertEquals(classes.get(i), annotations.classes());
		}
		annotations.undo();
		assertFalse(annotations.canUndo());
		assertTrue(annotations.rois().isEmpty());
		annotations.undo();
	}

	@Test
	void countsAreThePixelsOfTheLabels() {
		final Annotations annotations = new Annotations(IJ.createHyperStack("image", W, H, 2, 2, 3, 8));
		annotations.addClass("third");
		for (int i = 0; i < 30; i++) {
			annotations.image().setPosition(1 + random.nextInt(2), 1 + random.nextInt(2), 1 + random.nextInt(3));
			annotations.add(selection(), 1 + random.nextInt(3));
		}
		final long[] expected = new long[3];
		for (final byte value : pixels(annotations))
			if (value > 0) expected[value - 1]++;
		assertArrayEquals(expected, annotations.counts());
	}

	@Test
	void whatIsDrawnBelongsToTheSliceAndFrameThatAreShown() {
		for (final ImagePlus image : List.of(IJ.createImage("stack", "8-bit black", W, H, 5), IJ.createHyperStack("hyper", W, H,
			2, 3, 4, 8)))
		{
			final Annotations annotations = new Annotations(image);
			image.setSlice(image.getStackSize() - 1);
			annotations.add(new Roi(1, 1, 5, 5), 1);
			annotations.add(new PointRoi(8, 8), 2);
			final ImagePlus labels = labels(annotations);
			final int[] shown = image.convertIndexToPosition(image.getCurrentSlice());
			int drawn = 0;
			for (int i = 1; i <= labels.getStackSize(); i++)
				drawn += labels.getStack().getProcessor(i).getHistogram()[1];
			assertEquals(25, drawn);
			assertEquals(2, labels.getStack().getProcessor(labels.getStackIndex(1, shown[1], shown[2])).get(8, 8));
			image.setSlice(1);
			assertEquals(0, annotations.erase(new Roi(0, 0, W, H)), "another slice is erased from");
			assertEquals(2, annotations.rois().size());
		}
	}

	@Test
	void pointsAreErasedOneByOneOnTheirSlices() {
		final ImagePlus image = IJ.createImage("stack", "8-bit black", W, H, 3);
		final Annotations annotations = new Annotations(image);
		final PointRoi points = new PointRoi(1, 1);
		for (int slice = 2; slice <= 3; slice++) {
			image.setSlice(slice);
			points.addPoint(image, 5, 5);
			points.addPoint(image, 9, 9);
		}
		annotations.add(points, 1);
		assertEquals(3 + 4, annotations.counts()[0], "the first point lies on all slices");
		assertEquals(1, annotations.erase(new Roi(4, 4, 3, 3)));
		assertEquals(3 + 3, annotations.counts()[0]);
		final ImagePlus labels = labels(annotations);
		assertEquals(1, labels.getStack().getProcessor(2).get(5, 5));
		assertEquals(0, labels.getStack().getProcessor(3).get(5, 5));
		assertEquals(1, labels.getStack().getProcessor(3).get(9, 9));
	}

	@Test
	void classesAndRegionsComeBackWithTheFile(@TempDir final Path folder) throws IOException {
		final Annotations annotations = new Annotations(image());
		annotations.rename(1, "Zellkern \u00e4 #1");
		annotations.addClass("stroma-2");
		annotations.recolour(3, new Color(0x102030));
		annotations.add(new Roi(2, 2, 9, 9), 1);
		annotations.add(new OvalRoi(5, 5, 12, 12), 3);
		annotations.add(new Line(1, 1, 30, 20), 2);
		final String tiff = folder.resolve("a.tif").toString();
		assertTrue(new FileSaver(annotations.image()).saveAsTiff(tiff));
		RoiFile.write(annotations.rois(), folder.resolve("RoiSet.zip"));
		final ImagePlus other = image();
		other.setOverlay(new Overlay());
		RoiFile.read(folder.resolve("RoiSet.zip")).forEach(other.getOverlay()::add);
		for (final Annotations again : List.of(new Annotations(IJ.openImage(tiff)), new Annotations(other))) {
			assertEquals(annotations.classes(), again.classes());
			assertArrayEquals(pixels(annotations), pixels(again));
			assertEquals(List.of("Zellkern \u00e4 #1-1", "stroma-2-1", "foreground-1"), again.rois().stream().map(Roi::getName)
				.toList());
			assertFalse(again.canUndo());
		}
	}

	/** Regions with names only, as ImageJ's users have them, are annotations too; texts and previews are none. */
	@Test
	void whatElseLiesInTheOverlayStaysThere() {
		final ImagePlus image = image();
		final Overlay overlay = new Overlay(new TextRoi(1, 1, "note"));
		final Roi named = new Roi(3, 3, 4, 4), grouped = new Roi(9, 9, 3, 3);
		named.setName("nucleus 1");
		grouped.setGroup(1);
		final ImageRoi preview = new ImageRoi(0, 0, new ByteProcessor(W, H));
		overlay.add(named);
		overlay.add(preview);
		overlay.add(grouped);
		image.setOverlay(overlay);
		final Annotations annotations = new Annotations(image);
		assertEquals(List.of(1, 2), annotations.classes().stream().map(RoiClasses.RoiClass::value).toList());
		assertEquals("nucleus", annotations.classes().get(1).name());
		assertArrayEquals(new long[] { 9, 16 }, annotations.counts());
		annotations.add(new Roi(20, 20, 2, 2), 2);
		annotations.undo();
		annotations.erase(new Roi(0, 0, W, H));
		assertTrue(annotations.rois().isEmpty());
		assertEquals(2, image.getOverlay().size());
		assertSame(preview, image.getOverlay().get(1));
	}

	@Test
	void whatIsNoRegionIsRefusedWithAReason() {
		final Annotations annotations = new Annotations(image());
		for (final Roi wrong : new Roi[] { null, new TextRoi(1, 1, "a"), new Roi(W + 5, 5, 3, 3) })
			assertThrows(IllegalArgumentException.class, () -> annotations.add(wrong, 1));
		assertThrows(IllegalArgumentException.class, () -> annotations.add(new Roi(1, 1, 3, 3), 7));
		assertThrows(IllegalArgumentException.class, () -> annotations.erase(null));
		assertThrows(IllegalArgumentException.class, () -> annotations.addClass("background"));
		assertThrows(IllegalArgumentException.class, () -> annotations.rename(1, " "));
		assertFalse(annotations.canUndo());
	}

	/** The number of a class that went is taken again, and there are no more than groups. */
	@Test
	void classesTakeTheSmallestFreeNumber() {
		final Annotations annotations = new Annotations(image());
		annotations.addClass("c");
		annotations.removeClass(1);
		assertEquals(1, annotations.addClass("d").value());
		for (int i = 4; i <= 255; i++)
			assertEquals(i, annotations.addClass("class " + i).value());
		assertThrows(IllegalArgumentException.class, () -> annotations.addClass("one more"));
	}
}
