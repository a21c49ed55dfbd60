package io.github.convoluta.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.network.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program ends while libtorch computes. */
class EndingTest {

	@TempDir
	Path folder;

	/** Computes without end, and is ended from outside or by itself. */
	static final class Computing {

		public static void main(final String... arguments) throws InterruptedException {
			final int size = Integer.parseInt(arguments[0]);
			final NetworkBuilder builder = NetworkBuilder.network("long", 2, 64);
			for (int i = 0; i < 8; i++)
				builder.convolution(64, 3, LayerPadding.SAME, Activation.RELU);
			final Network network = builder.build();
			final CountDownLatch begun = new CountDownLatch(1);
			final Thread thread = new Thread(() -> {
				try (Inference torch = new TorchEngine().load(network, Weights.random(Parameter.of(network, 8, 8), 1))) {
					torch.predict(new float[64 * 64], 1, 64, 8, 8);
					final float[] input = new float[64 * size * size];
					begun.countDown();
					while (true)
						torch.predict(input, 1, 64, size, size);
				}
			});
			thread.setDaemon(true);
			thread.start();
			begun.await();
			Thread.sleep(500);
			System.out.println("computing");
			if (arguments.length > 1) System.exit(Integer.parseInt(arguments[1]));
			thread.join();
		}
	}

	/** Steps that take a moment, and one that takes longer than it is waited for. */
	@ParameterizedTest
	@CsvSource({ "64, true", "64, false", "1024, true", "1024, false" })
	@DisabledOnOs(value = OS.WINDOWS,
		disabledReason = "Windows has no signals, and stops all other threads before libraries are torn down")
	void noCrashAndTheRightStatus(final int size, final boolean signal) throws IOException, InterruptedException {
		final ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Xmx2g", "-cp", System.getProperty("java.class.path"), Computing.class.getName(), Integer.toString(size)).directory(
				folder.toFile()).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
		if (!signal) builder.command().add("7");
		final Process process = builder.start();
		try {
			while (!Files.readString(folder.resolve("log")).contains("computing"))
				if (process.waitFor(100, TimeUnit.MILLISECONDS)) break;
			if (signal) process.destroy();
			assertTrue(process.waitFor(1, TimeUnit.MINUTES));
		}
		finally {
			process.destroyForcibly();
		}
		assertEquals("computing", Files.readString(folder.resolve("log")).strip());
		assertEquals(signal ? 143 : 7, process.exitValue());
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(List.of(folder.resolve("log")), files.toList(), "Java reports crashes in such files");
		}
	}

	@Test
	void theGateWaitsForComputationsUnderWayAndLetsNoneIn() throws InterruptedException {
		final EngineGate gate = new EngineGate();
		assertEquals(3, gate.<Integer, RuntimeException> call(() -> 3));
		final CountDownLatch begun = new CountDownLatch(1), ends = new CountDownLatch(1);
		final Thread first = new Thread(() -> gate.<Boolean, RuntimeException> call(() -> {
			begun.countDown();
			try {
				return ends.await(1, TimeUnit.MINUTES);
			}
			catch (final InterruptedException e) {
				return false;
			}
		}));
		first.start();
		begun.await();
		assertFalse(gate.close(1, TimeUnit.MILLISECONDS), "one is under way");
		ends.countDown();
		first.join();
		assertTrue(gate.close(1, TimeUnit.MINUTES));
		final Object[] result = new Object[1];
		final Thread late = new Thread(() -> result[0] = gate.<Integer, RuntimeException> call(() -> 4));
		late.setDaemon(true);
		late.start();
		while (late.getState() != Thread.State.WAITING)
			Thread.onSpinWait();
		assertNull(result[0]);
	}
}
