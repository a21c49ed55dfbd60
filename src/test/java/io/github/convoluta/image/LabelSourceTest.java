package io.github.convoluta.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.io.FileSaver;
import ij.plugin.Duplicator;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.sample.LabelIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What texts mean as labels of an image. */
class LabelSourceTest {

	@TempDir
	Path folder;

	private final List<String> remarks = new ArrayList<>();

	private static Roi roi(final int x, final String name) {
		final Roi roi = new Roi(x, 2, 4, 4);
		roi.setName(name);
		return roi;
	}

	private static ImagePlus image() {
		return new ImagePlus("cells", new ByteProcessor(20, 10));
	}

	private LabelSource find(final String text, final String background, final ImagePlus image) {
		return LabelSource.find("labels", text, background, false, image, remarks::add);
	}

	@Test
	void regionsAreSparseUnlessTheRestHasAClass() {
		final ImagePlus image = image();
		image.setOverlay(new Overlay());
		image.getOverlay().add(roi(1, "nucleus 1"));
		image.getOverlay().add(roi(3, "cytoplasm-1"));
		for (final String none : new String[] { "", " none", "None" }) {
			final LabelSource sparse = find("overlay", none, image);
			assertTrue(sparse.sparse());
			assertEquals(Map.of(1L, "cytoplasm", 2L, "nucleus"), sparse.names());
			assertEquals(0, sparse.image().getProcessor().get(0, 0));
		}
		assertTrue(remarks.get(0).contains("overlap in 8 pixels"), remarks.toString());
		final LabelSource rest = find("Overlay", "rest", image), known = find("overlay", "nucleus", image);
		assertFalse(rest.sparse() || known.sparse());
		assertEquals("rest", rest.names().get(0L));
		assertEquals(0, rest.image().getProcessor().get(0, 0));
		assertEquals(2, known.image().getProcessor().get(0, 0));
		assertFalse(known.names().containsKey(0L));
	}

	@Test
	void textsImagesAndBarsAreNoRegions() throws IOException {
		final ImagePlus image = image();
		final Path file = folder.resolve("Set.zip");
		RoiFile.write(List.of(new TextRoi(1, 1, "a"), roi(1, "a")), file);
		image.setOverlay(new Overlay(new TextRoi(1, 1, "a")));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> find("overlay", "", image)).getMessage().contains(
			"no overlay with regions"));
		image.getOverlay().add(new ImageRoi(0, 0, new ByteProcessor(20, 10)));
		image.getOverlay().add(roi(12, "|SB|"));
		image.getOverlay().add(roi(1, "a"));
		for (final String text : List.of("overlay", file.toString())) {
			remarks.clear();
			assertEquals(16, count(find(text, "", image).image(), 1));
			assertEquals(1, remarks.size(), remarks.toString());
			assertTrue(remarks.get(0).startsWith("1 text in labels=[" + text + "] passed over"), remarks.toString());
		}
	}

	private static int count(final ImagePlus labels, final int value) {
		return labels.getProcessor().getHistogram()[value];
	}

	/** ImageJ moves an overlay with what is cropped out of an image. */
	@Test
	void croppedColouredAndMultichannelImagesHaveTheLabelsOfTheirPlaces() {
		final Roi oval = new OvalRoi(4, 3, 9, 6);
		oval.setName("cell");
		for (final ImagePlus image : List.of(image(), new ImagePlus("rgb", new ColorProcessor(20, 10)), IJ.createHyperStack("c",
			20, 10, 3, 2, 1, 16)))
		{
			image.setOverlay(new Overlay(oval));
			final ImagePlus whole = find("overlay", "", image).image();
			assertEquals(image.getNSlices(), whole.getStackSize());
			image.setRoi(3, 2, 6, 5);
			assertArrayEquals(whole.getProcessor().getIntArray(), find("overlay", "", image).image().getProcessor().getIntArray(),
				"a selection does not count");
			final ImagePlus cropped = new Duplicator().run(image);
			whole.setRoi(3, 2, 6, 5);
			assertArrayEquals(whole.crop().getProcessor().getIntArray(), find("overlay", "", cropped).image().getProcessor()
				.getIntArray());
		}
	}

	@Test
	void classesHaveTheirNamesWhenTheyAreLearnt() {
		final ImagePlus image = image();
		image.setOverlay(new Overlay());
		image.getOverlay().add(roi(1, "nucleus 1"));
		image.getOverlay().add(roi(9, "cytoplasm-1"));
		final LabelSource found = find("overlay", "none", image);
		final LabelIndex index = LabelIndex.of(LabelImages.pair(NetworkViews.of(image, SpatialAxes.XY), found.image()), found
			.sparse(), false, Monitor.NONE).named(found.names());
		assertEquals(List.of("cytoplasm", "nucleus"), index.classes().names());
		assertEquals(16, index.counts()[1]);
	}

	@Test
	void filesAreRegionsOrImages() throws IOException {
		final Path rois = folder.resolve("RoiSet.zip"), picture = folder.resolve("labels.tif"), zipped = folder.resolve(
			"labels.zip");
		RoiFile.write(List.of(roi(1, "a"), roi(8, "b")), rois);
		final ImagePlus labels = image();
		labels.getProcessor().set(3, 3, 1);
		IJ.saveAsTiff(labels, picture.toString());
		assertTrue(new FileSaver(labels).saveAsZip(zipped.toString()));
		assertEquals(Map.of(1L, "a", 2L, "b"), find(rois.toString(), "", image()).names());
		for (final Path file : List.of(picture, zipped)) {
			final LabelSource found = find(file.toString(), "", image());
			assertEquals(1, found.image().getProcessor().get(3, 3));
			assertFalse(found.sparse());
			assertEquals(Map.of(), found.names());
		}
		assertTrue(assertThrows(IllegalArgumentException.class, () -> find(picture.toString(), "rest", image())).getMessage()
			.startsWith("background=[rest] is for regions"));
	}

	@Test
	void whatIsMissingIsNamed() {
		for (final String text : new String[] { "overlay", "roi manager", "none.zip", "" }) {
			final String message = assertThrows(IllegalArgumentException.class, () -> find(text, "", image())).getMessage();
			assertTrue(message.startsWith(text.isEmpty() ? "labels is empty" : "labels=[" + text + "]"), message);
		}
	}
}
