package io.github.convoluta.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.process.ByteProcessor;
import ij.process.FloatPolygon;
import io.github.convoluta.filter.Monitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Regions of interest as labels, labels as regions, and both after one another. */
class RoiLabelsTest {

	private static Roi named(final Roi roi, final String name) {
		roi.setName(name);
		return roi;
	}

	private static Roi grouped(final Roi roi, final int group) {
		roi.setGroup(group);
		return roi;
	}

	private static ImagePlus paint(final ImagePlus image, final List<Roi> rois, final int outside) {
		return RoiLabels.paint(image, rois, RoiClasses.of(rois, RoiClasses.By.AUTOMATIC), outside, "labels", r -> {});
	}

	private static int[] histogram(final ImagePlus labels) {
		final int[] counts = new int[256];
		for (int i = 1; i <= labels.getStackSize(); i++)
			for (int k = 0; k < labels.getWidth() * labels.getHeight(); k++)
				counts[labels.getStack().getProcessor(i).get(k)]++;
		return counts;
	}

	@Test
	void areasLinesAndPointsArePaintedWithTheirPixels() {
		final ImagePlus image = IJ.createImage("image", 60, 50, 1, 16);
		final Roi composite = new ShapeRoi(new Roi(30, 30, 10, 10)).not(new ShapeRoi(new Roi(33, 33, 4, 4)));
		final Roi wide = new Line(5, 20, 25, 20);
		wide.setStrokeWidth(3);
		final Roi thin = new PolygonRoi(new FloatPolygon(new float[] { 1, 1, 9 }, new float[] { 30, 40, 40 }), Roi.POLYLINE);
		thin.setStrokeWidth(1);
		final List<Roi> rois = List.of(grouped(new Roi(2, 3, 7, 5), 1), grouped(composite, 2), grouped(wide, 3), grouped(thin,
			4), grouped(new PointRoi(new float[] { 50, 55.4f, 59.9f, 70 }, new float[] { 10, 11.2f, 49.9f, 10 }), 5));
		final int[] counts = histogram(paint(image, rois, 0));
		assertEquals(35, counts[1]);
		assertEquals(84, counts[2]);
		assertEquals(60, counts[3]);
		assertEquals(19, counts[4]);
		assertEquals(3, counts[5]);
		assertEquals(60 * 50 - 35 - 84 - 60 - 19 - 3, counts[0]);
	}

	@Test
	void whatIsOutsideGetsTheBackgroundsValueAndTheLastRegionIsSeen() {
		final ImagePlus image = IJ.createImage("image", 10, 10, 1, 8);
		final int[] counts = histogram(paint(image, List.of(grouped(new Roi(0, 0, 6, 6), 1), grouped(new Roi(4, 4, 4, 4), 2)),
			9));
		assertEquals(32, counts[1]);
		assertEquals(16, counts[2]);
		assertEquals(52, counts[9]);
	}

	@Test
	void regionsBelongToTheirSlicesAndFrames() {
		final ImagePlus image = IJ.createHyperStack("image", 8, 8, 2, 3, 4, 8);
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().setUnit("um");
		final Roi everywhere = grouped(new Roi(0, 0, 1, 1), 1), slice = grouped(new Roi(2, 0, 1, 1), 2), frame = grouped(new Roi(
			4, 0, 1, 1), 3), single = grouped(new Roi(6, 0, 1, 1), 4), index = grouped(new Roi(7, 7, 1, 1), 5);
		slice.setPosition(0, 2, 0);
		frame.setPosition(2, 0, 3);
		single.setPosition(1, 3, 4);
		index.setPosition(image.getStackIndex(2, 1, 2));
		final ImagePlus labels = paint(image, List.of(everywhere, slice, frame, single, index), 0);
		final int[] counts = histogram(labels);
		assertArrayEquals(new int[] { 12, 4, 3, 1, 1 }, java.util.Arrays.copyOfRange(counts, 1, 6));
		assertEquals(2, labels.getStack().getProcessor(labels.getStackIndex(1, 2, 1)).get(2, 0));
		assertEquals(4, labels.getStack().getProcessor(labels.getStackIndex(1, 3, 4)).get(6, 0));
		assertEquals(5, labels.getStack().getProcessor(labels.getStackIndex(1, 1, 2)).get(7, 7));
		assertEquals(0.25, labels.getCalibration().pixelWidth);
	}

	@Test
	void pointsOfOneRegionCanLieOnDifferentSlices() {
		final ImagePlus image = IJ.createImage("image", 8, 8, 3, 8);
		final PointRoi points = new PointRoi(1, 1);
		image.setSlice(2);
		points.addPoint(image, 5, 5);
		image.setSlice(3);
		points.addPoint(image, 6, 6);
		final ImagePlus labels = paint(image, List.of(grouped(points, 7)), 0);
		assertEquals(7, labels.getStack().getProcessor(2).get(5, 5));
		assertEquals(7, labels.getStack().getProcessor(3).get(6, 6));
		assertEquals(0, labels.getStack().getProcessor(3).get(5, 5));
	}

	@Test
	void classesFollowGroupsThenNamesThenColours() {
		final Roi red = new Roi(0, 0, 2, 2);
		red.setStrokeColor(Color.RED);
		final List<Roi> rois = List.of(named(new Roi(0, 0, 1, 1), "nucleus 1"), named(new Roi(0, 0, 1, 1), "cell-7"), grouped(
			named(new Roi(0, 0, 1, 1), "nucleus 3"), 2), named(new Roi(0, 0, 1, 1), "nucleus-2"), named(red, "0012-0034"));
		final RoiClasses classes = RoiClasses.of(rois, RoiClasses.By.AUTOMATIC);
		assertEquals(List.of("#ff0000", "2", "cell", "nucleus"), classes.names().stream().sorted().toList());
		assertEquals(2, classes.value(2));
		assertEquals(classes.value(0), classes.value(3));
		assertEquals(4, classes.classes().stream().mapToInt(RoiClasses.RoiClass::value).distinct().count());
		assertTrue(assertThrows(IllegalArgumentException.class, () -> RoiClasses.of(rois, RoiClasses.By.GROUP)).getMessage()
			.contains("nucleus 1"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> RoiClasses.of(rois, RoiClasses.By.NAME)).getMessage()
			.contains("0012-0034"));
	}

	@Test
	void groupsHaveTheirNames() {
		final String before = Roi.getGroupNames();
		try {
			Roi.setGroupNames("background,nucleus");
			final RoiClasses classes = RoiClasses.of(List.of(grouped(new Roi(0, 0, 1, 1), 2), grouped(new Roi(0, 0, 1, 1), 1)),
				RoiClasses.By.GROUP);
			assertEquals(List.of("background", "nucleus"), classes.names());
		}
		finally {
			Roi.setGroupNames(before);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void labelsAndRegionsAreEachOthersInverse(final boolean perObject) {
		final Random random = new Random(7);
		final ImageStack stack = new ImageStack(40, 30);
		for (int z = 0; z < 3; z++) {
			final ByteProcessor plane = new ByteProcessor(40, 30);
			for (int i = 0; i < 12; i++) {
				plane.setColor(1 + random.nextInt(4));
				plane.fill(random.nextBoolean() ? new OvalRoi(random.nextInt(36), random.nextInt(26), 5, 4) : new Roi(random.nextInt(
					40), random.nextInt(30), 3, 3));
			}
			plane.set(5 + z, 7, 250);
			stack.addSlice(plane);
		}
		final ImagePlus labels = new ImagePlus("labels", stack);
		final List<Roi> rois = LabelRois.of(labels, perObject, Monitor.NONE);
		final ImagePlus back = RoiLabels.paint(labels, rois, RoiClasses.of(rois, RoiClasses.By.GROUP), 0, "back", r -> {});
		for (int i = 1; i <= 3; i++)
			assertArrayEquals((byte[]) labels.getStack().getPixels(i), (byte[]) back.getStack().getPixels(i));
	}

	@Test
	void filesKeepRegionsWithNamesGroupsAndPositions(@TempDir final Path folder) throws IOException {
		final Roi a = grouped(named(new OvalRoi(1, 2, 9, 8), "cell 1"), 3), b = named(new Roi(4, 4, 2, 2), "cell 1");
		a.setPosition(2);
		final Path zip = folder.resolve("Röi Set.zip"), single = folder.resolve("one.ROI");
		RoiFile.write(List.of(a, b), zip);
		RoiFile.write(List.of(a), single);
		final List<Roi> read = RoiFile.read(zip);
		assertEquals(2, read.size());
		assertEquals(a.getBounds(), read.get(0).getBounds());
		assertEquals(3, read.get(0).getGroup());
		assertEquals(2, read.get(0).getPosition());
		assertEquals(1, RoiFile.read(single).size());
		Files.write(single, new byte[] { 73, 111, 117, 116, 0 });
		assertTrue(assertThrows(IllegalArgumentException.class, () -> RoiFile.read(single)).getMessage().contains("one.ROI"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> RoiFile.read(folder.resolve("none.zip"))).getMessage()
			.contains("none.zip"));
	}

	@Test
	void missingRegionsAreRefusedWithWhatToDo() {
		final ImagePlus image = IJ.createImage("image", 10, 10, 1, 8);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> RoiSource.find("labels", "overlay", image)).getMessage()
			.contains("has no overlay"));
		image.setOverlay(new Overlay(new Roi(1, 1, 2, 2)));
		assertEquals(1, RoiSource.find("labels", " Overlay ", image).size());
		assertTrue(assertThrows(IllegalArgumentException.class, () -> paint(image, List.of(grouped(new Roi(50, 50, 3, 3), 1)),
			0)).getMessage().contains("inside the image"));
	}
}
