package io.github.convoluta.network;

/**
 * The U-Net (Ronneberger, Fischer and Brox 2015; in 3-D Çiçek et al. 2016): pairs of convolutions, pooled {@code depth}
 * times while their width doubles, then enlarged again and joined with what was there before each pooling. Results have
 * the input's size if its extents are multiples of {@code 2^depth}.
 */
final class UNet {

	private final NetworkBuilder builder;
	private final String norm;
	private final boolean residual;

	private UNet(final NetworkBuilder builder, final String norm, final boolean residual) {
		this.builder = builder;
		this.norm = norm;
		this.residual = residual;
	}

	static void write(final NetworkBuilder b, final ArchitectureArguments a, final int classes) {
		final int depth = a.whole("depth", 3, 1, 7), width = a.whole("width", 16, 1, 1024);
		final UNet net = new UNet(b, a.word("norm", "batch", "batch", "instance", "group", "none"), a.flag("residual", false));
		final int[] skips = new int[depth];
		for (int level = 0; level < depth; level++) {
			net.block(width << level);
			skips[level] = b.here();
			b.maxPooling(2);
		}
		net.block(width << depth);
		for (int level = depth - 1; level >= 0; level--) {
			b.transposedConvolution(width << level, 2).concatenate(skips[level]);
			net.block(width << level);
		}
		b.convolution(classes, 1, LayerPadding.SAME, Activation.SOFTMAX);
	}

	private void block(final int filters) {
		final int before = builder.here();
		convolution(filters);
		builder.activation(Activation.RELU);
		convolution(filters);
		if (residual) {
			final int here = builder.here();
			final int shortcut = builder.from(before).convolution(filters, 1, LayerPadding.SAME, Activation.LINEAR).here();
			builder.from(here).add(shortcut);
		}
		builder.activation(Activation.RELU);
	}

	private void convolution(final int filters) {
		// A normalisation removes the mean, so a bias before it would be learned in vain.
		builder.convolution(filters, 3, 1, LayerPadding.SAME, norm.equals("none"), Activation.LINEAR);
		switch (norm) {
			case "batch" -> builder.batchNormalization();
			case "instance" -> builder.layer(new NormalizationLayer(NormalizationLayer.Kind.INSTANCE, 1));
			case "group" -> builder.layer(new NormalizationLayer(NormalizationLayer.Kind.GROUP, groups(filters)));
			default -> {}
		}
	}

	/** The largest power of two up to 8 that divides the filters. */
	private static int groups(final int filters) {
		return Math.min(8, Integer.lowestOneBit(filters));
	}
}
