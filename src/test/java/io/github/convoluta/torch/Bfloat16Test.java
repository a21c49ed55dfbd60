package io.github.convoluta.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.PrecisionChoice;
import io.github.convoluta.engine.Purpose;
import org.junit.jupiter.api.Test;

class Bfloat16Test {

	private static final String TOLD = "mkldnn_convolution: bf16 path needs the cpu support avx512bw, avx512vl and avx512dq";

	/** A processor that takes a millisecond with 32 bits, and so many times less with 16; or can't. */
	private record Pretended(double speedup, Throwable failure, List<Integer> sizes) implements Bfloat16.Workload {

		Pretended(final double speedup) {
			this(speedup, null, new ArrayList<>());
		}

		Pretended(final Throwable failure) {
			this(1, failure, new ArrayList<>());
		}

		@Override
		public void run(final int dimensions, final Precision precision) {
			fail(precision);
		}

		private void fail(final Precision precision) {
			if (precision == Precision.FP32) return;
			if (failure instanceof final RuntimeException e) throw e;
			if (failure instanceof final Error e) throw e;
		}

		@Override
		public Bfloat16.Step ready(final Precision precision) {
			fail(precision);
			return new Bfloat16.Step() {

				@Override
				public double seconds(final int size) {
					sizes.add(size);
					return precision == Precision.FP32 ? 1e-3 : 1e-3 / speedup;
				}

				@Override
				public void close() {}
			};
		}
	}

	@Test
	void whatThrowsOnlyInTrainingIsNotUsedForIt() {
		final Bfloat16 found = Bfloat16.of(new Pretended(2), new Pretended(new IllegalStateException(TOLD)), () -> 0);
		assertTrue(found.prediction().ability().works() && found.prediction().isFaster());
		assertEquals(2, found.prediction().speedup());
		assertFalse(found.training().ability().works() || found.training().isFaster());
		assertEquals(new Bfloat16.Gain(Ability.no(TOLD), 0), found.training());
	}

	@Test
	void whatThrowsOnlyInPredictionIsNotUsedForIt() {
		for (final Throwable failure : new Throwable[] { new IllegalArgumentException("bad"), new UnsatisfiedLinkError("bad"),
			new OutOfMemoryError("bad") })
		{
			final Bfloat16 found = Bfloat16.of(new Pretended(failure), new Pretended(1.5), () -> 0);
			assertEquals(new Bfloat16.Gain(Ability.no("bad"), 0), found.prediction());
			assertTrue(found.training().isFaster());
		}
	}

	/** Emulated numbers would take seconds with a large picture. */
	@Test
	void whatIsHopelesslySlowIsMeasuredWithASmallPictureOnly() {
		final Pretended slow = new Pretended(0.1), fast = new Pretended(1.1);
		final Bfloat16 found = Bfloat16.of(slow, fast, () -> 0);
		assertTrue(found.prediction().ability().works());
		assertFalse(found.prediction().isFaster() || found.training().isFaster());
		assertEquals(1, slow.sizes().stream().distinct().count());
		assertEquals(2, fast.sizes().stream().distinct().count());
	}

	/** A processor that other programs use too, and a clock that it alone moves. */
	private static final class Busy implements Bfloat16.Workload, DoubleSupplier {

		private final List<Integer> steps = new ArrayList<>(), trials = new ArrayList<>();
		private final double trial, exact, rough;
		private double now;

		/** @param trial seconds that a trial takes */
		Busy(final double trial, final double exact, final double rough) {
			this.trial = trial;
			this.exact = exact;
			this.rough = rough;
		}

		@Override
		public double getAsDouble() {
			return now;
		}

		@Override
		public void run(final int dimensions, final Precision precision) {
			trials.add(dimensions);
			now += trial;
		}

		@Override
		public Bfloat16.Step ready(final Precision precision) {
			return new Bfloat16.Step() {

				@Override
				public double seconds(final int size) {
					steps.add(size);
					final double taken = precision == Precision.FP32 ? exact : rough;
					now += taken;
					return taken;
				}

				@Override
				public void close() {}
			};
		}
	}

	@Test
	void aBusyMachineIsMeasuredWithFewStepsAndWhatTheyTellDecides() {
		final Busy busy = new Busy(0, 0.03, 0.015);
		final Bfloat16 found = Bfloat16.of(busy, busy, busy);
		assertTrue(busy.now < 1, busy.now + " s");
		assertEquals(new Bfloat16.Gain(Ability.YES, 2), found.prediction());
		assertEquals(new Bfloat16.Gain(Ability.YES, 2), found.training());
		assertEquals(1, busy.steps.stream().distinct().count(), "the large picture would take nine times as long");
	}

	@Test
	void whereTheTimeIsUsedUpTheLeastIsDoneThatTellsSomething() {
		final Busy busy = new Busy(1, 0.5, 1);
		final Bfloat16 found = Bfloat16.of(busy, busy, busy);
		for (final Bfloat16.Gain gain : new Bfloat16.Gain[] { found.prediction(), found.training() })
			assertEquals(new Bfloat16.Gain(Ability.YES, 0.5), gain);
		assertEquals(List.of(2, 2), busy.trials);
		assertEquals(24, busy.steps.size());
		assertEquals(new Bfloat16.Gain(Ability.no(TOLD), 0), Bfloat16.of(busy, new Pretended(new IllegalStateException(TOLD)),
			busy).training());
	}

	/** Also if that takes longer than the measurement may. */
	@Test
	void noneGets16BitsUnaskedThatWereNotTriedWithEveryNumberOfAxes() {
		final Busy fast = new Busy(0.5, 0.02, 0.01), slow = new Busy(0.2, 0.002, 0.02);
		assertTrue(Bfloat16.of(new Pretended(1), fast, fast).training().isFaster());
		assertEquals(List.of(2, 3, 1), fast.trials);
		assertFalse(Bfloat16.of(slow, slow, slow).training().isFaster());
		assertTrue(slow.trials.size() < 6 && slow.now < 1, slow.trials + ", " + slow.now + " s");
	}

	@Test
	void reasonsAreOneLine() {
		final Throwable interpreter = new IllegalStateException("libtorch stopped", new ai.djl.engine.EngineException(
			"The following operation failed in the TorchScript interpreter.\nTraceback of TorchScript\n  File \"code\"\nRuntimeError: " +
				TOLD + "\n"));
		assertEquals("RuntimeError: " + TOLD, EngineModule.reason(interpreter));
		assertEquals("Unknown builtin op: a::b.", EngineModule.reason(new ai.djl.engine.EngineException(
			"\nUnknown builtin op: a::b.\nCould not find any similar ops.")));
		assertEquals("java.lang.NullPointerException", EngineModule.reason(new NullPointerException()));
	}

	@Test
	void automaticFollowsTheMeasurementOfItsPurpose() {
		final Bfloat16.Gain faster = new Bfloat16.Gain(Ability.YES, 2), slower = new Bfloat16.Gain(Ability.YES, 0.7);
		final PrecisionChoice automatic = PrecisionChoice.AUTOMATIC;
		assertEquals(Precision.BF16, TorchEngine.precision(automatic, Purpose.TRAINING, Device.CPU, () -> faster));
		assertEquals(Precision.FP32, TorchEngine.precision(automatic, Purpose.TRAINING, Device.CPU, () -> slower));
		assertEquals(Precision.FP32, TorchEngine.precision(automatic, Purpose.TRAINING, Device.CPU, () -> Bfloat16.Gain.none(
			"x")));
		assertEquals(Precision.BF16, TorchEngine.precision(PrecisionChoice.BF16, Purpose.TRAINING, Device.CPU, () -> slower));
		final Supplier<Bfloat16.Gain> never = () -> fail("nothing is to be measured");
		assertEquals(Precision.FP32, TorchEngine.precision(PrecisionChoice.FP32, Purpose.TRAINING, Device.CPU, never));
		assertEquals(Precision.FP32, TorchEngine.precision(automatic, Purpose.TRAINING, new Device(Device.Kind.MPS, 0), never));
	}

	@Test
	void whoAsksFor16BitsThatAreNotThereHearsWhy() {
		final String message = assertThrows(IllegalArgumentException.class, () -> TorchEngine.precision(PrecisionChoice.BF16,
			Purpose.TRAINING, Device.CPU, () -> Bfloat16.Gain.none(TOLD))).getMessage();
		assertEquals("precision=bf16 can't be used for training on this machine (" + TOLD +
			"). Use precision=automatic or precision=fp32.", message);
	}

	@Test
	void thisMachineIsMeasuredOnce() {
		final Bfloat16 found = Processor.bfloat16();
		assertTrue(found == Processor.bfloat16());
		for (final Bfloat16.Gain gain : new Bfloat16.Gain[] { found.prediction(), found.training() })
			assertEquals(gain.ability().works(), gain.speedup() > 0, gain.toString());
	}
}
