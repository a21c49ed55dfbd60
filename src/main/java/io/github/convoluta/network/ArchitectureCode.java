package io.github.convoluta.network;

import io.github.convoluta.network.Activation.Kind;

/**
 * Networks as one line of letters, read from left to right:
 *
 * <pre>
 * code  = { item }
 * item  = "(" code ")" [ count ]  |  layer
 * layer = C [filters] { k size | s stride | d dilation }   convolution, padding "same"; 3 wide; filters: 32, doubled by
 *                                                          every pooling before, halved by every T and U
 *       | T [filters] [ k size ]    transposed convolution that enlarges by its size, 2; filters: those of the
 *                                   convolutions after it
 *       | P [size] | A [size]       maximum, average pooling over windows of 2
 *       | U [factor]                upsampling by repetition, 2
 *       | G                         global average pooling
 *       | B | I                     batch, instance normalisation
 *       | R | L | E | H | S         relu, leaky relu, elu, tanh (hyperbolic), sigmoid
 *       | O [percent]               dropout, 50 %
 *       | D units                   dense layer, flattened before if need be
 *       | F                         dense layer to the classes with softmax: ends a classifier
 *       | M                         1-wide convolution to the classes with softmax: ends a segmentation (mask)
 * </pre>
 *
 * For example {@code (CR)2P(CR)2P(CR)2PF} is a classifier of six convolutions.
 */
public final class ArchitectureCode {

	private static final int FILTERS = 32;

	private static final int DEEPEST = 100;

	private final String code;
	private final int classes;
	private final NetworkBuilder builder;
	private int poolings;
	private boolean flat;
	private int layers;

	private ArchitectureCode(final String code, final int dimensions, final int channels, final int classes) {
		this.code = code;
		this.classes = classes;
		builder = NetworkBuilder.network(code, dimensions, channels);
	}

	/** Whether a text can only be meant as a code: letters of layers, parentheses and numbers, beginning with a layer. */
	public static boolean looksLikeCode(final String text) {
		return text.matches("[(CTPAUGBIRLEHSODFM][()CTPAUGBIRLEHSODFMksd0-9]*");
	}

	/**
	 * The network that a code describes.
	 *
	 * @throws IllegalArgumentException naming the position of what can't be read
	 */
	public static Network parse(final String code, final int dimensions, final int channels, final int classes) {
		final String compact = code.replaceAll("\\s", "");
		final ArchitectureCode parser = new ArchitectureCode(compact, dimensions, channels, classes);
		final int end = parser.items(0);
		if (end < compact.length()) throw parser.wrong(end, "a closing parenthesis without an opening one");
		if (parser.layers == 0) throw new IllegalArgumentException("The architecture code is empty. Write, for example, (CR)2P(CR)2PF.");
		return parser.builder.build();
	}

	/** Reads items up to a closing parenthesis or the end; returns the position after them. */
	private int items(final int start) {
		int i = start;
		while (i < code.length() && code.charAt(i) != ')')
			i = code.charAt(i) == '(' ? group(i) : layer(i);
		return i;
	}

	private int group(final int start) {
		int depth = 1, end = start + 1;
		while (end < code.length() && depth > 0) {
			depth += code.charAt(end) == '(' ? 1 : code.charAt(end) == ')' ? -1 : 0;
			if (depth > DEEPEST) throw wrong(end, "more than " + DEEPEST + " parentheses within one another");
			end++;
		}
		if (depth > 0) throw wrong(start, "an opening parenthesis without a closing one");
		// Repeated often enough, nothing would take for ever.
		if (code.substring(start, end).matches("[()0-9]*")) throw wrong(start, "parentheses without a layer");
		final int after = digits(end);
		final int count = after > end ? number(end, after) : 1;
		for (int repeat = 0; repeat < count; repeat++)
			items(start + 1);
		return after;
	}

	private int digits(final int start) {
		int i = start;
		while (i < code.length() && code.charAt(i) >= '0' && code.charAt(i) <= '9')
			i++;
		return i;
	}

	private int number(final int from, final int to) {
		final int value = to - from > 6 ? 0 : Integer.parseInt(code.substring(from, to));
		if (value < 1) throw wrong(from, "the number " + code.substring(from, Math.min(to, from + 12)) +
			" is out of range; numbers must be at least 1 and at most 999999");
		return value;
	}

	private int layer(final int start) {
		if (++layers > Network.LONGEST) throw wrong(start, "more than " + Network.LONGEST + " layers");
		final char letter = code.charAt(start);
		int i = digits(start + 1);
		final int value = i > start + 1 ? number(start + 1, i) : 0;
		int size = 3, stride = 1, dilation = 1;
		if (letter == 'T') size = 2;
		while (i < code.length() && "ksd".indexOf(code.charAt(i)) >= 0) {
			final char modifier = code.charAt(i);
			final int end = digits(i + 1);
			if (letter != 'C' && !(letter == 'T' && modifier == 'k') || end == i + 1) throw wrong(i, "\"" + modifier +
				"\" needs a number, and follows a convolution only");
			final int n = number(i + 1, end);
			if (modifier == 'k') size = n;
			else if (modifier == 's') stride = n;
			else dilation = n;
			i = end;
		}
		final boolean numbered = "CTPAUOD".indexOf(letter) >= 0;
		if (value > 0 && !numbered) throw wrong(start + 1, "\"" + letter + "\" takes no number");
		add(letter, value, size, stride, dilation, start);
		return i;
	}

	private void add(final char letter, final int value, final int size, final int stride, final int dilation,
		final int position)
	{
		if (flat && "CTPAUGM".indexOf(letter) >= 0) throw wrong(position, "\"" + letter +
			"\" can't follow a dense layer or global pooling");
		switch (letter) {
			case 'C' -> builder.layer(new ConvolutionLayer(value > 0 ? value : filters(), builder.all(size), builder.all(stride), LayerPadding.SAME,
				builder.all(dilation), 1, true, 0, Activation.LINEAR));
			case 'T' -> {
				poolings = Math.max(0, poolings - 1);
				builder.transposedConvolution(value > 0 ? value : filters(), size);
			}
			case 'P', 'A' -> {
				final int window = value > 0 ? value : 2;
				builder.pooling(letter == 'P' ? PoolingLayer.Kind.MAX : PoolingLayer.Kind.AVERAGE, window, window,
					LayerPadding.VALID);
				poolings++;
			}
			case 'U' -> {
				builder.layer(new UpsamplingLayer(builder.all(value > 0 ? value : 2), false));
				poolings = Math.max(0, poolings - 1);
			}
			case 'G' -> {
				builder.globalAveragePooling();
				flat = true;
			}
			case 'B' -> builder.batchNormalization();
			case 'I' -> builder.layer(new NormalizationLayer(NormalizationLayer.Kind.INSTANCE, 1));
			case 'R' -> builder.activation(Activation.RELU);
			case 'L' -> builder.activation(Activation.of(Kind.LEAKY_RELU));
			case 'E' -> builder.activation(Activation.of(Kind.ELU));
			case 'H' -> builder.activation(Activation.TANH);
			case 'S' -> builder.activation(Activation.SIGMOID);
			case 'O' -> {
				if (value >= 100) throw wrong(position + 1, "dropout must be below 100 %");
				builder.dropout(value > 0 ? value / 100.0 : 0.5);
			}
			case 'D' -> {
				if (value == 0) throw wrong(position, "\"D\" needs the number of units, such as D64");
				dense(value, Activation.LINEAR);
			}
			case 'F' -> dense(classes, Activation.SOFTMAX);
			case 'M' -> builder.convolution(classes, 1, LayerPadding.SAME, Activation.SOFTMAX);
			default -> throw wrong(position, "\"" + letter + "\" is no layer; the letters are C T P A U G B I R L E H S O D F M");
		}
	}

	/** Filters of a convolution that does not say how many. */
	private int filters() {
		return FILTERS << Math.min(poolings, 10);
	}

	private void dense(final int units, final Activation activation) {
		if (!flat) builder.flatten();
		flat = true;
		builder.dense(units, activation);
	}

	private IllegalArgumentException wrong(final int position, final String what) {
		final String shown = code.length() > 100 ? code.substring(0, 100) + "..." : code;
		return new IllegalArgumentException("Architecture code " + shown + ", position " + (position + 1) + ": " + what + ".");
	}
}
