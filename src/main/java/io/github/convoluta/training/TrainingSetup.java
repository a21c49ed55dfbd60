package io.github.convoluta.training;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

import io.github.convoluta.sample.ClassifiedArrays;
import io.github.convoluta.sample.LabelIndex;
import io.github.convoluta.sample.Samples;
import io.github.convoluta.sample.Split;

/**
 * What a training is about, known before its first step. Samples may be read by any thread, also after the training.
 *
 * @param draft what will be known of the model, but for its weights
 * @param training samples that are learnt from, as the network gets them
 * @param heldOut samples that are only checked with; may be none
 * @param counts of pixels, or of samples for classifiers, of each class that are learnt from; of values, all pixels
 * @param sparse whether only some pixels are labelled
 * @param shared counts the images that are, as a whole or in parts, both learnt from and checked with; may take a moment
 */
public record TrainingSetup(ModelDraft draft, Samples training, Samples heldOut, long[] counts, boolean sparse,
	IntSupplier shared)
{

	public TrainingSetup {
		counts = counts.clone();
	}

	/** Number of images of which both parts have some. */
	static int shared(final Split<LabelIndex> parts) {
		final Set<Object> learnt = Collections.newSetFromMap(new IdentityHashMap<>());
		parts.training().images().forEach(i -> learnt.add(i.whole()));
		return (int) parts.validation().images().stream().filter(i -> learnt.contains(i.whole())).count();
	}

	/** Number of samples that are kept apart although others with the same values are learnt from. */
	static int shared(final ClassifiedArrays samples, final Split<int[]> split) {
		final Set<FloatBuffer> learnt = Arrays.stream(split.training()).mapToObj(i -> FloatBuffer.wrap(samples.values().get(i)))
			.collect(Collectors.toSet());
		return (int) Arrays.stream(split.validation()).filter(i -> learnt.contains(FloatBuffer.wrap(samples.values().get(i))))
			.count();
	}

	@Override
	public long[] counts() {
		return counts.clone();
	}
}
