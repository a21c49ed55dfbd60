package io.github.convoluta.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Regions of interest in macros without a display: drawn, learnt from, predicted, counted. */
class HeadlessRoisIT {

	@TempDir
	Path temporary;

	private Application.Result macro(final String text) throws IOException, InterruptedException {
		return Application.runText(temporary, text);
	}

	/** Dark and bright squares; what is drawn on some of them is enough to find all. */
	@Test
	void whatWasDrawnIsLearntAndComesBackAsRegions() throws IOException, InterruptedException {
		final Application.Result result = macro(
			"""
					Roi.setGroupNames("nucleus,rest,membrane");
					newImage("squares", "8-bit black", 128, 96, 1);
					for (i = 0; i < 6; i++) {
						makeRectangle(10 + 40 * (i %% 3), 10 + 45 * floor(i / 3), 20, 20);
						setColor(100 + 100 * (i %% 2));
						fill();
					}
					run("Select None");
					makeOval(12, 12, 16, 16); Roi.setGroup(1); Overlay.addSelection;
					makeLine(52, 20, 66, 20, 5); Roi.setGroup(3); Overlay.addSelection;
					makeRectangle(0, 0, 128, 8); Roi.setGroup(2); Overlay.addSelection;
					makeText("not drawn", 5, 40); Overlay.addSelection;
					run("Select None");
					before = getValue("Mean");
					run("Train Segmentation...", "labels=overlay network=[unet depth=1 width=8] patch=32 epochs=8 batch=4 steps=12 learningrate=0.02 augmentation=false model=[%s]");
					run("Apply Network...", "model=[%s]");
					print("labels " + getTitle() + " " + getValue("Max"));
					run("ROIs from Labels...", "per=object to=overlay");
					for (i = 0; i < Overlay.size; i++) {
						Overlay.activateSelection(i);
						print("region " + Roi.getName + " of group " + Roi.getGroup);
					}
					selectImage("squares");
					print("overlay " + Overlay.size + " mean " + (getValue("Mean") == before));
					"""
				.formatted(model(), model()));
		assertEquals(0, result.status(), result.output());
		assertTrue(result.output().contains("classes nucleus, rest, membrane"), result.output());
		assertTrue(result.output().contains("labels squares-labels 3"), result.output());
		assertTrue(result.output().contains("region nucleus-1 of group 1"), result.output());
		assertTrue(result.output().contains("region membrane-1 of group 3"), result.output());
		assertTrue(result.output().contains("overlay 4 mean 1"), result.output());
		assertFalse(result.output().contains("LUT not found"), result.output());
	}

	private String model() {
		return temporary.resolve("drawn.zip").toString().replace("\\", "/");
	}

	@Test
	void labelsAndRegionsOfTheExampleAreEachOthersInverse() throws IOException, InterruptedException {
		final Application.Result result = Application.run(List.of("-Duser.language=tr"), Application.FOLDER.resolve(
			"macros/labels-from-rois.ijm"), temporary);
		assertEquals(0, result.status(), result.output());
		assertTrue(result.output().contains("largest difference: 0"), result.output());
		assertFalse(result.output().contains("LUT not found"), result.output());
	}

	@Test
	void mistakesAreNamed() throws IOException, InterruptedException {
		final String[][] mistakes = { { "Labels from ROIs...", "source=[roi manager]",
			"source=[roi manager]: without a display ImageJ has no ROI Manager" }, { "Labels from ROIs...", "source=i",
				"source=[i] are no regions" }, { "ROIs from Labels...", "to=nowhere", "to=[nowhere] is not known" } };
		for (final String[] mistake : mistakes) {
			final Application.Result result = macro("newImage(\"i\", \"8-bit ramp\", 20, 10, 1);\nrun(\"" + mistake[0] + "\", \"" +
				mistake[1] + "\");\nprint(\"went on\");");
			assertEquals(1, result.status(), result.output());
			assertTrue(result.output().contains(mistake[2]), result.output());
			assertFalse(result.output().contains("went on") || result.output().contains("Exception"), result.output());
		}
	}
}
