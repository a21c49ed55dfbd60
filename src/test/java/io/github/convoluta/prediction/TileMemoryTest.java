package io.github.convoluta.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.ExampleModel;
import io.github.convoluta.model.Task;
import io.github.convoluta.network.NetworkSource;
import io.github.convoluta.torch.TorchEngine;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.planar.PlanarImgs;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a tile really takes, in a Java of its own. */
class TileMemoryTest {

	private static final Path STATUS = Path.of("/proc/self/status");

	/** Kilobytes that the system tells of this process. */
	private static long kilobytes(final String key) throws IOException {
		for (final String line : Files.readAllLines(STATUS))
			if (line.startsWith(key + ":")) return Long.parseLong(line.replaceAll("\\D", ""));
		throw new IOException(STATUS + " has no " + key);
	}

	/** Predicts an image of the given extents at once; prints by how many bytes the process grew, and the estimate. */
	public static final class Child {

		private Child() {}

		/** @param arguments the network, then the extents */
		public static void main(final String... arguments) throws IOException {
			final int n = arguments.length - 1;
			final long[] extents = new long[n], image = new long[n + 1];
			final int[] patch = new int[n];
			Arrays.fill(patch, 32);
			for (int d = 0; d < n; d++)
				extents[d] = image[d] = Long.parseLong(arguments[d + 1]);
			image[n] = 1;
			try (Predictor predictor = new Predictor(new TorchEngine(), ExampleModel.of(NetworkSource.resolve(arguments[0], n, 1,
				3), Task.SEGMENTATION, patch), Precision.FP32, Device.CPU))
			{
				final long[] small = new long[n + 1], labels = Arrays.copyOf(extents, n);
				Arrays.fill(small, 32);
				small[n] = 1;
				final var source = PlanarImgs.floats(image);
				final var target = n == 1 ? ArrayImgs.unsignedBytes(labels) : PlanarImgs.unsignedBytes(labels);
				predictor.labels(PlanarImgs.floats(small), PlanarImgs.floats(Arrays.copyOf(small, Math.max(n, 1))),
					PredictionOptions.USUAL, Monitor.NONE);
				final PredictionOptions options = PredictionOptions.USUAL.withMemory(1e11);
				final Tiling tiling = predictor.tiling(extents, options);
				final long before = kilobytes("VmRSS");
				predictor.labels(source, target, options, Monitor.NONE);
				System.out.println("tiles " + tiling.count() + " grew " + 1024 * (kilobytes("VmHWM") - before) + " estimate " +
					(long) (tiling.engine() + tiling.heap()));
			}
		}
	}

	/** The estimate is an upper bound, but not more than four times too high. */
	@ParameterizedTest
	@CsvSource({ "unet depth=3 width=16,1024 1024", "unet depth=2 width=8,96 96 96", "(C32R)4M,1024 768",
		"unet depth=3 width=16 norm=group,1000000" })
	void theEstimateBoundsWhatATileTakes(final String network, final String extents) throws IOException, InterruptedException {
		Assumptions.assumeTrue(Files.exists(STATUS), "skipped: only Linux tells a process' memory in " + STATUS);
		final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Xmx2g", "-cp", System.getProperty("java.class.path"), Child.class.getName(), network));
		command.addAll(Arrays.asList(extents.split(" ")));
		final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		assertEquals(0, process.waitFor(), output);
		final String[] words = output.substring(output.indexOf("tiles ")).split(" ");
		assertEquals("1", words[1], output);
		final double grown = Double.parseDouble(words[3]), estimate = Double.parseDouble(words[5]);
		assertTrue(grown <= estimate && estimate <= 4 * grown, network + " on " + extents + ": " + output);
	}
}
