package io.github.convoluta.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.BatchResult;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Shape;
import io.github.convoluta.sample.ClassifiedArrays;
import io.github.convoluta.sample.Split;
import io.github.convoluta.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listener hears of a training, and how it steers it. */
@Timeout(60)
class SteeringTest {

	private static final int EPOCHS = 4, STEPS = 3;

	private final TorchEngine engine = new TorchEngine();
	private final Network network = Architectures.create("mlp width=8 depth=1", 1, 1, 2);
	private final ClassifiedArrays data = data();

	private static ClassifiedArrays data() {
		final Random random = new Random(1);
		final int[] classes = IntStream.range(0, 32).map(i -> i % 2).toArray();
		return new ClassifiedArrays(new Shape(List.of(6), 1), IntStream.of(classes).mapToObj(c -> {
			final float[] v = new float[6];
			for (int x = 0; x < v.length; x++)
				v[x] = (float) (random.nextGaussian() + c * x);
			return v;
		}).toList(), classes);
	}

	private TrainingLoop.Result train(final TrainingLoop.Listener listener) {
		return TrainingLoop.run(engine, network, data, Split.stratified(data, 0.25, 1), TrainingSettings.usual(EPOCHS, 8, 0.01,
			3), listener, 6);
	}

	/** Steers after some steps. */
	private static final class Steered implements TrainingLoop.Listener {

		private final TrainingControl control = new TrainingControl();
		private final BiConsumer<Integer, TrainingControl> afterStep;
		private int steps;

		Steered(final BiConsumer<Integer, TrainingControl> afterStep) {
			this.afterStep = afterStep;
		}

		@Override
		public boolean step(final double progress, final double loss) {
			afterStep.accept(++steps, control);
			return true;
		}

		@Override
		public Steering steering() {
			return control.steering();
		}
	}

	private static void assertSame(final Weights expected, final Weights actual) {
		for (int i = 0; i < expected.arrays().size(); i++)
			assertArrayEquals(expected.arrays().get(i), actual.arrays().get(i));
	}

	@Test
	void aListenerHearsOfEverySampleThatIsKeptApartAndOfTheWeights() {
		final List<TrainingState> states = new ArrayList<>();
		final List<Integer> samples = new ArrayList<>();
		final TrainingLoop.Result watched = train(new TrainingLoop.Listener() {

			@Override
			public void checked(final int first, final Batch batch, final BatchResult evaluation) {
				IntStream.range(first, first + batch.size()).forEach(samples::add);
			}

			@Override
			public void state(final TrainingState state) {
				states.add(state);
				assertEquals(state.last().number(), states.size());
				assertEquals(state.last().accuracy(), state.validation().accuracy());
				assertEquals(8, matrixTotal(state.validation()));
			}
		});
		assertEquals(EPOCHS, states.size());
		assertEquals(EPOCHS * 8, samples.size());
		assertEquals(IntStream.range(0, 8).boxed().toList(), samples.subList(0, 8));
		assertEquals(watched.history(), states.get(EPOCHS - 1).history());
		assertSame(watched.weights(), states.get(watched.history().best() - 1).weights());
		final TrainingLoop.Result alone = train(new TrainingLoop.Listener() {});
		assertEquals(alone.history(), watched.history());
		assertSame(alone.weights(), watched.weights());
	}

	private static long matrixTotal(final Validation v) {
		return IntStream.range(0, 4).mapToLong(i -> v.matrix().count(i / 2, i % 2)).sum();
	}

	@Test
	void whatIsHeardIsWhatTheWeightsPredict() {
		final List<float[]> heard = new ArrayList<>();
		train(new TrainingLoop.Listener() {

			private Batch batch;
			private float[] values;

			@Override
			public void checked(final int first, final Batch checked, final BatchResult evaluation) {
				batch = checked;
				values = evaluation.values();
			}

			@Override
			public void state(final TrainingState state) {
				try (Inference inference = engine.load(network.logits(), state.weights())) {
					assertArrayEquals(values, inference.predict(batch.input(), batch.shape()), 1e-4f);
				}
				heard.add(values);
			}
		});
		assertEquals(EPOCHS, heard.size());
	}

	@Test
	void aPauseChangesNothing() {
		final CountDownLatch paused = new CountDownLatch(1);
		final Steered steered = new Steered((step, control) -> {
			if (step == STEPS + 1) {
				control.pause();
				paused.countDown();
			}
		});
		final Thread user = new Thread(() -> {
			try {
				paused.await();
				Thread.sleep(150);
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
			}
			assertEquals(STEPS + 1, steered.steps);
			steered.control.goOn();
		});
		user.start();
		final TrainingLoop.Result result = train(steered);
		assertEquals(EPOCHS * STEPS, steered.steps);
		assertFalse(result.cancelled());
		assertSame(train(new TrainingLoop.Listener() {}).weights(), result.weights());
	}

	@Test
	void finishingKeepsTheBestOfTheEpochsThatAreDone() {
		final Steered steered = new Steered((step, control) -> {
			if (step == 2 * STEPS + 1) control.finish();
		});
		final TrainingLoop.Result result = train(steered);
		assertTrue(result.cancelled());
		assertEquals(2 * STEPS + 1, steered.steps);
		assertEquals(2, result.history().epochs().size());
		assertEquals(train(new TrainingLoop.Listener() {}).history().epochs().subList(0, 2), result.history().epochs());
	}

	@Test
	void aPausedTrainingCanBeFinishedAndDiscarded() {
		assertEquals(1, train(new Steered((step, control) -> {
			if (step != STEPS + 1) return;
			control.pause();
			new Thread(control::finish).start();
		})).history().epochs().size());
		assertTrue(assertThrows(CancellationException.class, () -> train(new Steered((step, control) -> {
			if (step != STEPS + 1) return;
			control.pause();
			new Thread(control::discard).start();
		}))).getMessage().contains("discarded"));
	}

	@Test
	void nothingIsLeftOfADiscardedTraining() {
		final String message = assertThrows(CancellationException.class, () -> train(new Steered((step, control) -> {
			if (step == 2 * STEPS + 1) control.discard();
		}))).getMessage();
		assertEquals("The training was discarded: no model is written.", message);
	}

	@Test
	void anEndIsFinal() {
		final TrainingControl control = new TrainingControl();
		control.goOn();
		assertEquals(Steering.GO_ON, control.steering());
		control.pause();
		assertEquals(Steering.PAUSE, control.steering());
		control.finish();
		control.goOn();
		control.pause();
		assertEquals(Steering.FINISH, control.steering());
		control.discard();
		control.finish();
		assertEquals(Steering.DISCARD, control.steering());
	}
}
