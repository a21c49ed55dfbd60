package io.github.convoluta.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this machine's processor and libtorch do well, found by trying once and kept until the program ends. Two system
 * properties overrule what would be found: {@value #PORTABLE}{@code =true} and {@value #BFLOAT16}{@code =false}.
 */
final class Processor {

	static final String PORTABLE = "convoluta.engine.portable", BFLOAT16 = "convoluta.engine.bf16";

	private Processor() {}

	/** Begins to exist when it is first asked for. */
	private static final class Probed {

		static final Operators OPERATORS = Boolean.getBoolean(PORTABLE) ? Operators.none("the property " + PORTABLE + " is set")
			: Operators.probe();
	}

	/** Begins to exist when it is first asked for. */
	private static final class Measured {

		static final Bfloat16 BFLOAT16 = "false".equalsIgnoreCase(System.getProperty(Processor.BFLOAT16)) ? Bfloat16.none(
			"the property " + Processor.BFLOAT16 + " is false") : Bfloat16.measure(operators());
	}

	/**
	 * Operators that libtorch has here. Takes some hundredths of a second the first time.
	 *
	 * @throws IllegalStateException if libtorch can't be loaded on this machine; the message says why
	 */
	public static Operators operators() {
		// Without a library nothing was found out; the next one who asks must hear the reason too.
		TorchLibrary.version();
		return Probed.OPERATORS;
	}

	/**
	 * What 16 bits are good for here. Takes about half a second the first time.
	 *
	 * @throws IllegalStateException if libtorch can't be loaded on this machine; the message says why
	 */
	public static Bfloat16 bfloat16() {
		operators();
		return Measured.BFLOAT16;
	}

	/**
	 * Instructions that networks profit from, where the system tells them, such as {@code avx2, avx512f, avx512_bf16};
	 * otherwise the processor's kind.
	 */
	public static String instructions() {
		final String kind = System.getProperty("os.arch", "unknown");
		try {
			final Path file = Path.of("/proc/cpuinfo");
			return Files.isReadable(file) ? instructions(Files.readAllLines(file), kind) : kind;
		}
		catch (final IOException | RuntimeException e) {
			return kind;
		}
	}

	/** From the lines of {@code /proc/cpuinfo}. */
	static String instructions(final List<String> lines, final String kind) {
		final Set<String> flags = lines.stream().filter(l -> l.startsWith("flags") || l.startsWith("Features")).findFirst()
			.stream().flatMap(l -> Stream.of(l.substring(l.indexOf(':') + 1).strip().split("\\s+"))).collect(Collectors.toSet());
		final String known = Stream.of("avx2", "fma", "avx512f", "avx512_bf16", "amx_bf16", "asimd", "bf16", "sve").filter(
			flags::contains).collect(Collectors.joining(", "));
		return known.isEmpty() ? kind : known;
	}
}
