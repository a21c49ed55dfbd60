package io.github.convoluta.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.Target;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.Normalization;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassValuesTest {

	private static final float[] FAR_APART = { -2147483648f, -5, 0, 70000, 16777218, 2147483648f };

	@Test
	void valuesFarApartAreClassesInRisingOrder() {
		final float[] labels = new float[600];
		for (int i = 0; i < labels.length; i++)
			labels[i] = FAR_APART[FAR_APART.length - 1 - i / 100];
		final LabelledImage image = new LabelledImage(ArrayImgs.floats(labels, 30, 20, 1), ArrayImgs.floats(labels, 30, 20));
		final ClassValues classes = FoundClasses.of(List.of(image.labels()), false);
		assertEquals(List.of("-2147483648", "-5", "0", "70000", "16777218", "2147483648"), classes.names());
		for (int i = 0; i < FAR_APART.length; i++)
			assertEquals(i, classes.classOf(FAR_APART[i]));
		assertEquals(Target.IGNORED, classes.classOf(1));
		assertEquals(2, classes.classOf(-0f));
		assertArrayEquals(new long[] { 100, 100, 100, 100, 100, 100 }, LabelIndex.of(List.of(image), classes, Monitor.NONE)
			.counts());
		final ImagePatches patches = ImagePatches.of(LabelIndex.of(List.of(image), classes, Monitor.NONE), new int[] { 4, 4 },
			new Normalization.PerImage(new Normalization.Method.None()), 40, 1, Monitor.NONE);
		for (int p = 0; p < 40; p++) {
			final Batch b = patches.batch(p);
			for (int i = 0; i < 16; i++)
				assertEquals(classes.classOf(b.input()[i]), ((Target.Classes) b.target()).numbers()[i]);
		}
		final ClassValues sparse = FoundClasses.of(List.of(image.labels()), true);
		assertEquals(5, sparse.count());
		assertEquals(Target.IGNORED, sparse.classOf(0));
		assertEquals(Target.IGNORED, sparse.classOf(-0f));
		assertEquals(2, sparse.classOf(70000));
	}

	@Test
	void coloursAreNamedAsInStyleSheets() {
		final ClassValues classes = FoundClasses.of(List.of(ArrayImgs.floats(new float[] { 0xff0000, 0x00ff00, 0x00000a, 0, 0 },
			5)), true, true, Monitor.NONE);
		assertEquals(List.of("#00000a", "#00ff00", "#ff0000"), classes.names());
	}

	@ParameterizedTest
	@ValueSource(floats = { 0.5f, Float.NaN, Float.POSITIVE_INFINITY, -3e9f, 1e20f })
	void whatIsNoWholeNumberIsRefused(final float value) {
		final String message = assertThrows(IllegalArgumentException.class, () -> FoundClasses.of(List.of(ArrayImgs.floats(
			new float[] { 0, 1, value }, 3)), false)).getMessage();
		assertTrue(message.contains(String.valueOf(value)) && message.contains("Is this the label image?"), message);
	}

	private static String refusal(final float[] labels, final int width) {
		return assertThrows(IllegalArgumentException.class, () -> FoundClasses.of(List.of(ArrayImgs.floats(labels, width,
			labels.length / width)), false)).getMessage();
	}

	@Test
	void picturesAreNoLabels() {
		final Random random = new Random(1);
		final float[] noise = new float[10_000], smooth = new float[10_000];
		for (int i = 0; i < 10_000; i++) {
			noise[i] = random.nextInt(100);
			smooth[i] = Math.round(100 + 60 * Math.sin(i % 200 / 30.0) + 30 * Math.sin(i / 200 / 9.0));
		}
		assertTrue(refusal(noise, 100).contains(
			"The labels have 100 different values, from 0 to 99, which change from pixel to pixel"));
		assertTrue(refusal(smooth, 200).contains("change from pixel to pixel"));
		final float[] all = new float[256];
		for (int i = 0; i < 256; i++)
			all[i] = i;
		assertTrue(refusal(all, 16).contains("more than 255 different values, as a picture has"));
	}

	@Test
	void manyClassesThatCoverAreasAreLabels() {
		final Random random = new Random(2);
		final float[] areas = new float[200 * 200];
		final int[] classOfArea = new int[40 * 40];
		for (int i = 0; i < classOfArea.length; i++)
			classOfArea[i] = random.nextInt(150);
		for (int i = 0; i < areas.length; i++)
			areas[i] = classOfArea[i / 200 / 5 * 40 + i % 200 / 5];
		assertEquals(150, FoundClasses.of(List.of(ArrayImgs.floats(areas, 200, 200)), false).count());
	}
}
