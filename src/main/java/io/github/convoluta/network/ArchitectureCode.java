package io.github.convoluta.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

	/** Letters before numbers of a convolution: size, stride, dilation. */
	private static final String MODIFIERS = "ksd";

	/** The last layers, whose size is that of the classes. */
	private static final List<CodeLetter> ENDS = List.of(new CodeLetter('F', "", CodeLetter.Reads.VECTOR, 0,
		n -> new DenseLayer(n.classes(), true, 0, Activation.SOFTMAX)), new CodeLetter('M', "", CodeLetter.Reads.POSITIONS, 0,
			n -> new ConvolutionLayer(n.classes(), n.all(1), n.all(1), LayerPadding.SAME, n.all(1), 1, true, 0,
				Activation.SOFTMAX)));

	private static final Map<Character, CodeLetter> LETTERS = Stream.of(Layer.letters(), ENDS).flatMap(List::stream).collect(
		Collectors.toMap(CodeLetter::letter, Function.identity(), (a, b) -> {
			throw new IllegalStateException("Two layers have the letter " + a.letter() + ".");
		}, LinkedHashMap::new));

	private static final String ALL = LETTERS.keySet().stream().map(String::valueOf).collect(Collectors.joining());

	private final String code;
	private final int dimensions;
	private final int classes;
	private final NetworkBuilder builder;
	/** Levels of resolution below the input's. */
	private int levels;
	private boolean flat;
	private int layers;

	private ArchitectureCode(final String code, final int dimensions, final int channels, final int classes) {
		this.code = code;
		this.dimensions = dimensions;
		this.classes = classes;
		builder = NetworkBuilder.network(code, dimensions, channels);
	}

	/**
	 * {@return whether a text can only be meant as a code: letters of layers, parentheses and numbers, beginning with a
	 * layer}
	 *
	 * @param text any
	 */
	public static boolean looksLikeCode(final String text) {
		return text.matches("[(" + ALL + "][()" + ALL + MODIFIERS + "0-9]*");
	}

	/**
	 * {@return the network that a code describes}
	 *
	 * @param code such as {@code (CR)2P(CR)2PF}
	 * @param dimensions number of spatial axes, 1 to 3
	 * @param channels number of channels of the input
	 * @param classes number of classes of the result
	 * @throws IllegalArgumentException naming the position of what can't be read
	 */
	public static Network parse(final String code, final int dimensions, final int channels, final int classes) {
		final String compact = code.replaceAll("\\s", "");
		final ArchitectureCode parser = new ArchitectureCode(compact, dimensions, channels, classes);
		final int end = parser.items(0);
		if (end < compact.length()) throw parser.wrong(end, "a closing parenthesis without an opening one");
		if (parser.layers == 0) throw new IllegalArgumentException(
			"The architecture code is empty. Write, for example, (CR)2P(CR)2PF.");
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
		final char sign = code.charAt(start);
		final CodeLetter letter = LETTERS.get(sign);
		final String allowed = letter == null ? "" : letter.numbers();
		int i = digits(start + 1);
		final int value = i > start + 1 ? number(start + 1, i) : 0;
		final int[] modified = new int[MODIFIERS.length()];
		while (i < code.length() && MODIFIERS.indexOf(code.charAt(i)) >= 0) {
			final char modifier = code.charAt(i);
			final int end = digits(i + 1);
			if (allowed.indexOf(modifier) < 0 || end == i + 1) throw wrong(i, "\"" + modifier +
				"\" needs a number, and follows a convolution only");
			modified[MODIFIERS.indexOf(modifier)] = number(i + 1, end);
			i = end;
		}
		if (value > 0 && allowed.indexOf('n') < 0) throw wrong(start + 1, "\"" + sign + "\" takes no number");
		if (letter == null) throw wrong(start, "\"" + sign + "\" is no layer; the letters are " + String.join(" ", ALL.split(
			"")));
		if (flat && letter.reads() == CodeLetter.Reads.POSITIONS) throw wrong(start, "\"" + sign +
			"\" can't follow a dense layer or global pooling");
		levels = Math.max(0, levels + letter.levels());
		add(letter, new CodeLetter.Numbers(dimensions, classes, FILTERS << Math.min(levels, 10), value, modified[0], modified[1],
			modified[2]), start);
		return i;
	}

	private void add(final CodeLetter letter, final CodeLetter.Numbers numbers, final int position) {
		final Layer layer;
		try {
			layer = letter.layer().apply(numbers);
		}
		catch (final IllegalArgumentException e) {
			throw wrong(numbers.value() > 0 ? position + 1 : position, e.getMessage());
		}
		if (letter.reads() == CodeLetter.Reads.VECTOR && !flat) {
			builder.flatten();
			flat = true;
		}
		builder.layer(layer);
		flat |= !layer.keepsPositions();
	}

	private IllegalArgumentException wrong(final int position, final String what) {
		final String shown = code.length() > 100 ? code.substring(0, 100) + "..." : code;
		return new IllegalArgumentException("Architecture code " + shown + ", position " + (position + 1) + ": " + what + ".");
	}
}
