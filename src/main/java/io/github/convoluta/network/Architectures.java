package io.github.convoluta.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.convoluta.network.PoolingLayer.Kind;

/**
 * Ready networks by name, sized by arguments such as {@code unet depth=3 width=16}. All are made for input with 1 to 3
 * spatial axes unless their publication makes sense in 2-D only.
 */
public final class Architectures {

	private interface Recipe {

		void write(NetworkBuilder b, ArchitectureArguments a, int classes);
	}

	/**
	 * @param usage name and arguments with their defaults
	 * @param description what it is, and where it comes from
	 */
	public record Entry(String usage, String description) {}

	private record Item(Entry entry, Recipe recipe) {}

	private static final Map<String, Item> ITEMS = items();

	private Architectures() {}

	/** {@return all entries in the order of presentation} */
	public static List<Entry> entries() {
		return ITEMS.values().stream().map(Item::entry).toList();
	}

	/**
	 * {@return whether the first word of a text names an architecture}
	 *
	 * @param text a name with or without arguments, or anything else
	 */
	public static boolean contains(final String text) {
		return ITEMS.containsKey(firstWord(text));
	}

	/**
	 * {@return the network that a text names}
	 *
	 * @param text name and arguments
	 * @param dimensions spatial axes of the input, 1 to 3
	 * @param channels channels of the input
	 * @param classes number of classes of the result
	 * @throws IllegalArgumentException for unknown names or arguments, or values out of range
	 */
	public static Network create(final String text, final int dimensions, final int channels, final int classes) {
		final Item item = ITEMS.get(firstWord(text));
		if (item == null) throw new IllegalArgumentException("No architecture is called \"" + firstWord(text) +
			"\"; there are " + String.join(", ", ITEMS.keySet()) + ".");
		final ArchitectureArguments arguments = new ArchitectureArguments(text);
		final NetworkBuilder builder = NetworkBuilder.network(text.strip(), dimensions, channels);
		item.recipe().write(builder, arguments, classes);
		arguments.checkNoneLeft(item.entry().usage());
		return builder.build();
	}

	private static String firstWord(final String text) {
		return text.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
	}

	private static Map<String, Item> items() {
		final Map<String, Item> m = new LinkedHashMap<>();
		put(m, "cnn depth=3 width=32", "plain classifier: pairs of 3-wide convolutions, pooled by 2, doubled in width", (b, a,
			classes) -> {
			final int depth = a.whole("depth", 3, 1, 8), width = a.whole("width", 32, 1, 1024);
			for (int i = 0; i < depth; i++)
				b.convolution(width << i, 3, LayerPadding.SAME, Activation.RELU).convolution(width << i, 3, LayerPadding.SAME,
					Activation.RELU).maxPooling(2);
			b.globalAveragePooling().dense(classes, Activation.SOFTMAX);
		});
		put(m, "digits", "two 5-wide convolutions for small pictures such as handwritten digits", (b, a, classes) -> b
			.convolution(32, 5, LayerPadding.VALID, Activation.RELU).maxPooling(2).convolution(64, 5, LayerPadding.VALID,
				Activation.RELU).maxPooling(2).flatten().dense(classes, Activation.SOFTMAX));
		put(m, "xray", "two 3-wide convolutions and a dense layer, for chest X-rays", (b, a, classes) -> b.convolution(64, 3,
			LayerPadding.VALID, Activation.RELU).maxPooling(2).convolution(64, 3, LayerPadding.VALID, Activation.RELU).maxPooling(
				2).flatten().dense(64, Activation.RELU).dense(classes, Activation.SOFTMAX));
		put(m, "lenet1989", "LeCun et al. 1989, fully connected between maps; for 16x16", (b, a, classes) -> b.convolution(12, 5,
			2, LayerPadding.SAME, true, Activation.TANH).convolution(12, 5, 2, LayerPadding.SAME, true, Activation.TANH).flatten()
			.dense(30, Activation.TANH).dense(classes, Activation.SOFTMAX));
		put(m, "lenet5", "LeCun et al. 1998, fully connected between maps; for 32x32", (b, a, classes) -> b.convolution(6, 5,
			LayerPadding.VALID, Activation.TANH).pooling(Kind.AVERAGE, 2, 2, LayerPadding.VALID).convolution(16, 5,
				LayerPadding.VALID, Activation.TANH).pooling(Kind.AVERAGE, 2, 2, LayerPadding.VALID).convolution(120, 5,
					LayerPadding.VALID, Activation.TANH).flatten().dense(84, Activation.TANH).dense(classes, Activation.SOFTMAX));
		put(m, "alexnet dropout=0.5", "Krizhevsky 2014, in one tower; for 224x224", Architectures::alexNet);
		put(m, "vgg11 dropout=0.5", "Simonyan and Zisserman 2015; for 224x224", (b, a, c) -> vgg(b, a, c, 1, 1, 2, 2, 2));
		put(m, "vgg16 dropout=0.5", "Simonyan and Zisserman 2015; for 224x224", (b, a, c) -> vgg(b, a, c, 2, 2, 3, 3, 3));
		put(m, "vgg19 dropout=0.5", "Simonyan and Zisserman 2015; for 224x224", (b, a, c) -> vgg(b, a, c, 2, 2, 4, 4, 4));
		put(m, "resnet18 width=64", "He et al. 2016", (b, a, c) -> resNet(b, a, c, 2, 2, 2, 2));
		put(m, "resnet34 width=64", "He et al. 2016", (b, a, c) -> resNet(b, a, c, 3, 4, 6, 3));
		put(m, "fcn depth=3 width=32", "segmentation: scores of all resolutions added (Long et al. 2015)",
			Architectures::fullyConvolutional);
		put(m, "unet depth=3 width=16 norm=batch residual=false",
			"segmentation: an encoder and a decoder joined at every resolution (Ronneberger et al. 2015)", UNet::write);
		put(m, "timeseries width=128", "three convolutions for time series (Wang et al. 2017)", (b, a, classes) -> {
			final int width = a.whole("width", 128, 1, 4096);
			final int[] sizes = { 8, 5, 3 }, filters = { width, 2 * width, width };
			for (int i = 0; i < 3; i++)
				b.convolution(filters[i], sizes[i], LayerPadding.SAME, Activation.LINEAR).batchNormalization().activation(
					Activation.RELU);
			b.globalAveragePooling().dense(classes, Activation.SOFTMAX);
		});
		put(m, "mlp width=500 depth=3", "dense layers only, for comparison", (b, a, classes) -> {
			b.flatten();
			final int width = a.whole("width", 500, 1, 65536), depth = a.whole("depth", 3, 1, 16);
			for (int i = 0; i < depth; i++)
				b.dense(width, Activation.RELU).dropout(0.2);
			b.dense(classes, Activation.SOFTMAX);
		});
		return m;
	}

	private static void put(final Map<String, Item> items, final String usage, final String description, final Recipe recipe) {
		items.put(firstWord(usage), new Item(new Entry(usage, description), recipe));
	}

	private static void alexNet(final NetworkBuilder b, final ArchitectureArguments a, final int classes) {
		final double dropout = a.share("dropout", 0.5);
		final int d = b.all(1).size();
		b.convolution(64, 11, 4, LayerPadding.of(2, d), true, Activation.RELU).pooling(Kind.MAX, 3, 2, LayerPadding.VALID);
		b.convolution(192, 5, LayerPadding.of(2, d), Activation.RELU).pooling(Kind.MAX, 3, 2, LayerPadding.VALID);
		b.convolution(384, 3, LayerPadding.of(1, d), Activation.RELU).convolution(256, 3, LayerPadding.of(1, d), Activation.RELU)
			.convolution(256, 3, LayerPadding.of(1, d), Activation.RELU).pooling(Kind.MAX, 3, 2, LayerPadding.VALID);
		b.flatten().dropout(dropout).dense(4096, Activation.RELU).dropout(dropout).dense(4096, Activation.RELU).dense(classes,
			Activation.SOFTMAX);
	}

	private static void vgg(final NetworkBuilder b, final ArchitectureArguments a, final int classes,
		final int... convolutions)
	{
		final double dropout = a.share("dropout", 0.5);
		for (int stage = 0; stage < convolutions.length; stage++) {
			for (int i = 0; i < convolutions[stage]; i++)
				b.convolution(Math.min(512, 64 << stage), 3, LayerPadding.SAME, Activation.RELU);
			b.maxPooling(2);
		}
		b.flatten().dense(4096, Activation.RELU).dropout(dropout).dense(4096, Activation.RELU).dropout(dropout).dense(classes,
			Activation.SOFTMAX);
	}

	private static void resNet(final NetworkBuilder b, final ArchitectureArguments a, final int classes, final int... blocks) {
		final int width = a.whole("width", 64, 1, 1024), d = b.all(1).size();
		b.convolution(width, 7, 2, LayerPadding.of(3, d), false, Activation.LINEAR).batchNormalization().activation(
			Activation.RELU).pooling(Kind.MAX, 3, 2, LayerPadding.of(1, d));
		for (int stage = 0; stage < blocks.length; stage++)
			for (int i = 0; i < blocks[stage]; i++) {
				final int filters = width << stage, stride = stage > 0 && i == 0 ? 2 : 1;
				final int before = b.here();
				if (stride == 2) b.convolution(filters, 1, 2, LayerPadding.VALID, false, Activation.LINEAR).batchNormalization();
				final int shortcut = b.here();
				b.from(before).convolution(filters, 3, stride, LayerPadding.of(1, d), false, Activation.LINEAR).batchNormalization()
					.activation(Activation.RELU).convolution(filters, 3, 1, LayerPadding.of(1, d), false, Activation.LINEAR)
					.batchNormalization().add(shortcut).activation(Activation.RELU);
			}
		b.globalAveragePooling().dense(classes, Activation.SOFTMAX);
	}

	private static void fullyConvolutional(final NetworkBuilder b, final ArchitectureArguments a, final int classes) {
		final int depth = a.whole("depth", 3, 1, 6), width = a.whole("width", 32, 1, 1024);
		final int[] places = new int[depth + 1];
		for (int level = 0; level <= depth; level++) {
			if (level > 0) b.maxPooling(2);
			b.convolution(width << level, 3, LayerPadding.SAME, Activation.RELU).convolution(width << level, 3, LayerPadding.SAME,
				Activation.RELU);
			places[level] = b.here();
		}
		final int[] scores = IntStream.of(places).map(p -> b.from(p).convolution(classes, 1, LayerPadding.SAME,
			Activation.LINEAR).here()).toArray();
		b.from(scores[depth]);
		for (int level = depth - 1; level >= 0; level--)
			b.transposedConvolution(classes, 2).add(scores[level]);
		b.activation(Activation.SOFTMAX);
	}
}
