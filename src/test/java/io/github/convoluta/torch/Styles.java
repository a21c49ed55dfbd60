package io.github.convoluta.torch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;

/** The ways of writing networks that tests run in: the one that suits this machine, and the one that every machine can. */
final class Styles {

	private Styles() {}

	static Stream<Operators> all() {
		return Stream.of(Processor.operators(), Operators.none("this is a test")).distinct();
	}

	/** Skips a test of 16 bits on machines whose processors can't. */
	static void assumeBfloat16() {
		final Bfloat16 measured = Processor.bfloat16();
		assumeTrue(measured.prediction().ability().works() && measured.training().ability().works(),
			() -> "skipped: no bf16 here: " + measured);
	}
}
