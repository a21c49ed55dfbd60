package io.github.convoluta.torch;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.convoluta.network.Parameter;

/**
 * The TorchScript class of the arrays of a layer.
 *
 * @param parameters attributes that gradients change
 * @param buffers the others
 */
record ArraysClass(List<String> parameters, List<String> buffers) {

	private static final ArraysClass BATCH_NORM = new ArraysClass(List.of("weight", "bias"), List.of("running_mean",
		"running_var"));

	/** Those that every file has, whether it uses them or not. */
	private static final List<ArraysClass> USUAL = List.of(new ArraysClass(List.of("weight"), List.of()), new ArraysClass(List
		.of("weight", "bias"), List.of()), BATCH_NORM);

	/** The class of a layer with these arrays. */
	static ArraysClass of(final List<Parameter> arrays) {
		return new ArraysClass(attributes(arrays, true), attributes(arrays, false));
	}

	private static List<String> attributes(final List<Parameter> arrays, final boolean trainable) {
		return arrays.stream().filter(p -> p.role().isTrainable() == trainable).map(p -> p.name().substring(p.name().indexOf(
			'.') + 1)).toList();
	}

	/** The code of the usual classes and these. */
	static String code(final Stream<ArraysClass> used) {
		final Set<ArraysClass> all = new LinkedHashSet<>(USUAL);
		used.forEach(all::add);
		return all.stream().map(ArraysClass::code).collect(Collectors.joining());
	}

	/** Its name, made of its attributes' but for batch normalisation. */
	String name() {
		return equals(BATCH_NORM) ? "BatchNorm" : attributes().flatMap(a -> Arrays.stream(a.split("_"))).map(word -> word
			.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)).collect(Collectors.joining());
	}

	private Stream<String> attributes() {
		return Stream.concat(parameters.stream(), buffers.stream());
	}

	private String code() {
		return "class " + name() + "(Module):\n  __parameters__ = " + list(parameters) + "\n  __buffers__ = " + list(buffers) +
			"\n" + attributes().map(a -> "  " + a + " : Tensor\n").collect(Collectors.joining()) + "  training : bool\n";
	}

	private static String list(final List<String> names) {
		return names.stream().map(a -> "\"" + a + "\", ").collect(Collectors.joining("", "[", "]"));
	}
}
