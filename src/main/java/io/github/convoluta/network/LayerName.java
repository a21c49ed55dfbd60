package io.github.convoluta.network;

import java.util.Set;

/**
 * What layers may be called. Names become attributes of a TorchScript class, so words of that language, and names that the
 * class has itself, are taken.
 */
final class LayerName {

	private static final int LONGEST = 100;

	/** Words of Python and TorchScript. */
	private static final Set<String> WORDS = Set.of("and", "as", "assert", "async", "await", "break", "class", "continue",
		"def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
		"nonlocal", "not", "or", "pass", "print", "raise", "return", "try", "while", "with", "yield", "inf", "nan", "self");

	/** Attributes and methods of the class. */
	private static final Set<String> MEMBERS = Set.of("training", "m", "v", "steps", "forward", "train_step", "gradients",
		"evaluate", "arrays", "moments", "convolve_halves");

	private LayerName() {}

	/**
	 * @throws IllegalArgumentException if it is no name, or taken
	 */
	static void check(final String name) {
		LayerChecks.given("A layer's name", name);
		if (!name.matches("[a-z][a-z0-9_]*") || name.length() > LONGEST) throw new IllegalArgumentException("The layer name \"" +
			name + "\" must begin with a lower-case letter and go on with lower-case letters, digits and underscores, at most " +
			LONGEST + " in all.");
		if (WORDS.contains(name) || MEMBERS.contains(name)) throw new IllegalArgumentException("No layer can be called \"" +
			name + "\": the word has a meaning of its own in model files. Call it, for example, \"" + name + "_1\".");
	}
}
