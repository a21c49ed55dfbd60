package io.github.convoluta.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.convoluta.evaluation.ConfusionMatrix;
import io.github.convoluta.model.Normalization;
import io.github.convoluta.model.Task;
import io.github.convoluta.network.Shape;
import io.github.convoluta.sample.ClassifiedArrays;
import io.github.convoluta.sample.LabelIndex;
import io.github.convoluta.sample.LabelledImage;
import io.github.convoluta.sample.Samples;
import io.github.convoluta.sample.Split;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;

/** Each warning is given where it belongs, and no other with it. */
class TrainingWarningsTest {

	private static final Samples SOME = samples(4), NONE = samples(0);
	private static final double[] FLAT = { 1, 0.5, 0.5, 0.5, 0.5, 0.5 };

	private Task task = Task.SEGMENTATION;
	private Samples heldOut = SOME;
	private long[] counts = { 5000, 4000 };
	private boolean sparse, ended;
	private int shared, constant;
	private double[] checked = FLAT, learnt = FLAT;
	private Validation validation = validation(1000, 1000);

	private static Samples samples(final int n) {
		final List<float[]> values = new ArrayList<>();
		for (int i = 0; i < n; i++)
			values.add(new float[] { i, 1 });
		return new ClassifiedArrays(Shape.parse("2x1"), values, new int[n]);
	}

	/** As many of each class, all found. */
	private static Validation validation(final int... members) {
		final ConfusionMatrix matrix = new ConfusionMatrix(members.length);
		for (int c = 0; c < members.length; c++)
			for (int i = 0; i < members[c]; i++)
				matrix.add(c, c);
		return new Validation(0.5, matrix, Double.NaN);
	}

	private List<String> texts() {
		final ModelDraft draft = new ModelDraft("unet", null, w -> w, task, "XY", new Normalization.PerImage(
			new Normalization.Method.ZeroMean()), List.of("nucleus", "rest"), List.of(8, 8), List.of(1.0, 1.0), "pixel",
			new float[64], List.of());
		final List<History.Epoch> epochs = new ArrayList<>();
		for (int i = 0; i < learnt.length; i++)
			epochs.add(new History.Epoch(i + 1, learnt[i], checked[i], 1, 1, 0.001));
		return new TrainingWarnings(new TrainingSetup(draft, SOME, heldOut, counts, sparse, () -> shared), new History(epochs),
			validation, shared, constant, 16, ended).texts();
	}

	private void only(final String part) {
		final List<String> texts = texts();
		assertEquals(1, texts.size(), texts.toString());
		assertTrue(texts.get(0).contains(part), texts.get(0));
	}

	@Test
	void nothingIsSaidOfATrainingThatIsAllRight() {
		ended = true;
		assertEquals(List.of(), texts());
	}

	@Test
	void strokes() {
		sparse = true;
		only("Measured on strokes only");
	}

	@Test
	void fewPixels() {
		validation = validation(20, 5);
		only("Measured on 25 pixels only: numbers of so few may be off by 20 %.");
	}

	@Test
	void fewImages() {
		task = Task.CLASSIFICATION;
		validation = validation(20, 20);
		only("Measured on 40 samples only");
		validation = validation(30, 30);
		assertEquals(List.of(), texts());
	}

	@Test
	void aClassThatIsNotKeptApart() {
		validation = validation(0, 2000);
		only("Nothing that was kept apart is nucleus");
	}

	@Test
	void aClassThatIsHardlyPresent() {
		final Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.GERMANY);
			counts = new long[] { 20, 4000 };
			only("nucleus is hardly present: 20 of 4020 pixels that are learnt from (0.5 %)");
		}
		finally {
			Locale.setDefault(before);
		}
		task = Task.CLASSIFICATION;
		counts = new long[] { 100, 9 };
		only("rest is hardly present: 9 of 109 samples");
		counts = new long[] { 100, 10 };
		assertEquals(List.of(), texts());
	}

	@Test
	void valuesHaveNoClasses() {
		task = Task.REGRESSION;
		counts = new long[] { 3 };
		validation = new Validation(0.5, null, Double.NaN);
		assertEquals(List.of(), texts());
	}

	@Test
	void overfitting() {
		learnt = new double[] { 1, 0.8, 0.6, 0.4, 0.2, 0.1 };
		checked = new double[] { 1, 0.8, 0.7, 0.8, 0.9, 1 };
		only("Since epoch 3 the loss of validation has risen");
		checked = new double[] { 1, 0.8, 0.7, 0.72, 0.71, 0.73 };
		assertEquals(List.of(), texts());
		checked = new double[] { 1, 0.8, 0.7, 0.8, 0.9, 1 };
		learnt = new double[] { 1, 0.8, 0.6, 0.8, 0.9, 1 };
		assertEquals(List.of(), texts());
	}

	@Test
	void stillFalling() {
		checked = new double[] { 1, 0.8, 0.6, 0.5, 0.4, 0.3 };
		assertEquals(List.of(), texts());
		ended = true;
		only("still falling");
		checked = new double[] { 1, 0.8, 0.6, 0.5, 0.3, 0.299 };
		assertEquals(List.of(), texts());
	}

	@Test
	void constantSamples() {
		constant = 1;
		only("Of 16 samples that were looked at, 1 has the same value everywhere");
	}

	@Test
	void sameImagesInBothParts() {
		shared = 1;
		only("Another part of the same image was learnt from");
		shared = 3;
		only("Other parts of the same 3 images");
		task = Task.CLASSIFICATION;
		only("3 samples that were kept apart are also learnt from, value by value");
	}

	@Test
	void nothingKeptApart() {
		heldOut = NONE;
		validation = Validation.NONE;
		only("Nothing was kept apart");
	}

	@Test
	void sharedSamplesAreCountedByTheirValues() {
		final ClassifiedArrays data = new ClassifiedArrays(Shape.parse("2x1"), List.of(new float[] { 1, 2 }, new float[] { 3,
			4 }, new float[] { 1, 2 }, new float[] { 3, 5 }), new int[4]);
		assertEquals(1, TrainingSetup.shared(data, new Split<>(new int[] { 0, 1 }, new int[] { 2, 3 }, "")));
		assertEquals(0, TrainingSetup.shared(data, new Split<>(new int[] { 0, 2 }, new int[] { 1, 3 }, "")));
	}

	@Test
	void partsOfAnImageAreShared() {
		final LabelledImage one = image(), other = image();
		final LabelIndex halves = LabelIndex.of(List.of(one.part(0, 0, 4)), false, false, fraction -> {});
		final LabelIndex rest = LabelIndex.of(List.of(one.part(0, 4, 8), other), false, false, fraction -> {});
		assertEquals(1, TrainingSetup.shared(new Split<>(halves, rest, "")));
	}

	private static LabelledImage image() {
		final byte[] labels = new byte[64];
		for (int i = 0; i < labels.length; i++)
			labels[i] = (byte) (i % 2);
		return new LabelledImage(ArrayImgs.floats(8, 8, 1), ArrayImgs.unsignedBytes(labels, 8, 8));
	}
}
