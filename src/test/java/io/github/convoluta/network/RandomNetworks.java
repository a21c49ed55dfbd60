package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;

/** Networks of random layers that give a result for every pixel: what users may write as JSON, and odder. */
public final class RandomNetworks {

	private final Random random;
	private final int n;
	private final NetworkBuilder builder;

	private RandomNetworks(final long seed, final int dimensions, final int channels) {
		random = new Random(seed);
		n = dimensions;
		builder = NetworkBuilder.network("random " + seed, dimensions, channels);
	}

	/** The network of a seed, with three classes. */
	public static Network dense(final long seed, final int dimensions, final int channels) {
		final RandomNetworks r = new RandomNetworks(seed, dimensions, channels);
		r.convolution();
		final int parts = 1 + r.random.nextInt(3);
		for (int i = 0; i < parts; i++)
			r.part(2);
		return r.builder.convolution(3, 1, LayerPadding.SAME, Activation.SOFTMAX).build();
	}

	private void part(final int depth) {
		switch (random.nextInt(depth > 0 ? 7 : 3)) {
			case 0 -> convolution();
			case 1 -> validConvolution();
			case 2 -> shifted();
			case 3 -> {
				final int before = builder.here();
				convolution();
				builder.concatenate(before);
			}
			default -> coarse(depth);
		}
	}

	private List<Integer> sizes(final IntSupplier size) {
		final List<Integer> sizes = new ArrayList<>();
		for (int d = 0; d < n; d++)
			sizes.add(size.getAsInt());
		return sizes;
	}

	private int upTo(final int most) {
		return 1 + random.nextInt(most);
	}

	private void convolution() {
		builder.layer(new ConvolutionLayer(4, sizes(() -> upTo(6)), sizes(() -> 1), LayerPadding.SAME, sizes(() -> upTo(2)), 1,
			true, 0, random.nextBoolean() ? Activation.RELU : Activation.TANH));
		if (random.nextInt(3) == 0) builder.batchNormalization();
	}

	/** A convolution that loses pixels, and zeros that bring their number back: before it or behind, on whichever sides. */
	private void validConvolution() {
		final List<Integer> size = sizes(() -> upTo(4)), before = new ArrayList<>(), after = new ArrayList<>();
		for (int d = 0; d < n; d++) {
			before.add(random.nextInt(size.get(d)));
			after.add(size.get(d) - 1 - before.get(d));
		}
		final boolean first = random.nextBoolean();
		if (first) builder.layer(new ZeroPaddingLayer(before, after));
		builder.layer(new ConvolutionLayer(4, size, sizes(() -> 1), LayerPadding.VALID, sizes(() -> 1), 1, true, 0,
			Activation.TANH));
		if (!first) builder.layer(new ZeroPaddingLayer(before, after));
	}

	/** All pixels moved, and moved back after a convolution; what was cut off is lost. */
	private void shifted() {
		final List<Integer> some = sizes(() -> random.nextInt(3)), none = sizes(() -> 0);
		final boolean left = random.nextBoolean(), cutFirst = random.nextBoolean();
		final CroppingLayer cut = new CroppingLayer(left ? some : none, left ? none : some);
		final ZeroPaddingLayer pad = new ZeroPaddingLayer(left ? some : none, left ? none : some);
		builder.layer(cutFirst ? cut : pad);
		convolution();
		builder.layer(cutFirst ? pad : cut);
	}

	/** Layers with fewer pixels, then as many as before, joined with what was there or not. */
	private void coarse(final int depth) {
		final int before = builder.here();
		final List<Integer> step = sizes(() -> n == 3 ? 2 : 2 + random.nextInt(2));
		switch (random.nextInt(4)) {
			case 0 -> builder.layer(new ConvolutionLayer(4, sizes(() -> upTo(5)), step, LayerPadding.SAME, sizes(() -> 1), 1, true,
				0, Activation.RELU));
			case 1 -> builder.layer(new PoolingLayer(PoolingLayer.Kind.MAX, step, step, LayerPadding.VALID, random.nextBoolean()));
			case 2 -> builder.layer(new PoolingLayer(PoolingLayer.Kind.values()[random.nextInt(3)], sizes(() -> upTo(5)), step,
				LayerPadding.SAME, random.nextBoolean()));
			default -> builder.layer(new ConvolutionLayer(4, step.stream().map(s -> 2 * s).toList(), step, LayerPadding.SAME,
				sizes(() -> 1), 1, true, 0, Activation.TANH));
		}
		part(depth - 1);
		final TransposedConvolutionLayer wide = new TransposedConvolutionLayer(4, step.stream().map(s -> s + random.nextInt(3))
			.toList(), step, LayerPadding.SAME, true, Activation.LINEAR);
		switch (random.nextInt(4)) {
			case 0 -> builder.layer(new TransposedConvolutionLayer(4, step, step, LayerPadding.VALID, true, Activation.LINEAR));
			case 1 -> builder.layer(wide);
			default -> builder.layer(new UpsamplingLayer(step, random.nextBoolean()));
		}
		if (random.nextBoolean()) builder.concatenate(before);
	}
}
