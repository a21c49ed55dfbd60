package io.github.convoluta.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.PrecisionChoice;
import io.github.convoluta.engine.Trainer;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class MemoryTest {

	private static final Path STATUS = Path.of("/proc/self/statm");

	/** Resident pages of this process. */
	private static long resident() throws IOException {
		System.gc();
		return Long.parseLong(Files.readString(STATUS).split(" ")[1]) * 4096;
	}

	@Test
	void aThousandStepsTakeNoMemory() throws IOException {
		Assumptions.assumeTrue(Files.exists(STATUS), "skipped: only Linux tells a process' memory in " + STATUS);
		final Network network = Architectures.create("unet depth=2 width=4", 2, 1, 2);
		final float[] x = new float[4 * 32 * 32];
		final long[] y = new long[x.length], shape = { 4, 1, 32, 32 }, labels = { 4, 32, 32 };
		final Weights weights = Weights.random(Parameter.of(network, 32, 32), 1);
		try (Trainer trainer = new TorchEngine().train(network, weights, new TrainingMethod(Loss.crossEntropy(), Optimizer
			.adam())); Inference torch = new TorchEngine().load(network, weights))
		{
			for (int i = 0; i < 100; i++) {
				trainer.step(TorchTest.batch(x, shape, y, labels), 1e-3);
				torch.predict(x, shape);
			}
			final long before = resident();
			for (int i = 0; i < 1000; i++) {
				trainer.step(TorchTest.batch(x, shape, y, labels), 1e-3);
				torch.predict(x, shape);
			}
			final long grown = resident() - before;
			// A leak of one step's results alone would be over 300 MB.
			assertTrue(grown < 60_000_000, grown + " bytes more after 1000 steps");
		}
	}

	@Test
	void mistakesInTheEngineAreErrorsAfterWhichItGoesOn() {
		final Network network = Architectures.create("unet depth=2 width=4", 2, 1, 2);
		try (Trainer trainer = new TorchEngine().train(network, Weights.random(Parameter.of(network, 32, 32), 1),
			new TrainingMethod(Loss.crossEntropy(), Optimizer.adam())))
		{
			final float[] x = new float[1024];
			final long[] y = new long[1024], shape = { 1, 1, 32, 32 }, labels = { 1, 32, 32 };
			final float before = trainer.step(TorchTest.batch(x, shape, y, labels), 0);
			y[5] = 17;
			assertTrue(assertThrows(IllegalStateException.class, () -> trainer.step(TorchTest.batch(x, shape, y, labels), 1e-3))
				.getMessage().contains("libtorch stopped"));
			y[5] = 0;
			assertEquals(before, trainer.step(TorchTest.batch(x, shape, y, labels), 0), 1e-5);
		}
	}

	@Test
	void devicesAndPrecisionsAreRead() {
		assertEquals(Device.CPU, Device.parse("CPU"));
		assertEquals(new Device(Device.Kind.CUDA, 1), Device.parse("cuda:1"));
		assertEquals("mps:0", Device.parse("mps").toString());
		assertThrows(IllegalArgumentException.class, () -> Device.parse("gpu"));
		assertEquals(PrecisionChoice.BF16, PrecisionChoice.parse(" BF16"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> PrecisionChoice.parse("fp16")).getMessage().contains(
			"allowed are automatic, fp32, bf16"));
	}

	@Test
	void devicesThatAreNotThereAreRefusedWithThoseThatAre() {
		final Device second = new Device(Device.Kind.CUDA, 1);
		assertEquals(second, second.among(List.of(Device.CPU, new Device(Device.Kind.CUDA, 0), second)));
		final String one = assertThrows(IllegalArgumentException.class, () -> new Device(Device.Kind.CUDA, 2).among(List.of(
			Device.CPU, second))).getMessage();
		assertTrue(one.startsWith("device=cuda:2 is not there. Networks can run on cpu, cuda:1 here."), one);
		final List<Device> there = TorchLibrary.devices();
		assertEquals(Device.CPU, there.get(0));
		final Network network = Architectures.create("digits", 2, 1, 2);
		final Weights weights = Weights.random(Parameter.of(network, 16, 16), 1);
		for (final Device device : new Device[] { new Device(Device.Kind.CUDA, 99), new Device(Device.Kind.MPS, 99) }) {
			assertTrue(assertThrows(IllegalArgumentException.class, () -> new TorchEngine().load(network, weights, Precision.FP32,
				device)).getMessage().contains("Networks can run on cpu"));
			assertThrows(IllegalArgumentException.class, () -> new TorchEngine().train(network, weights, new TrainingMethod(Loss
				.crossEntropy(), Optimizer.adam(), 0, Precision.FP32, device)));
		}
	}

	@Test
	void processorsAreToldWhateverTheSystemSays() {
		assertEquals("avx2, fma", Processor.instructions(List.of("processor: 0", "flags\t\t: fpu avx2 fma fma avx2"), "amd64"));
		assertEquals("asimd", Processor.instructions(List.of("Features : fp asimd"), "aarch64"));
		assertEquals("aarch64", Processor.instructions(List.of(), "aarch64"));
		assertEquals("amd64", Processor.instructions(List.of("flags :"), "amd64"));
		assertTrue(!Processor.instructions().isBlank());
	}
}
