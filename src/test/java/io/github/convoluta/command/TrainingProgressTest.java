package io.github.convoluta.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.List;

import io.github.convoluta.training.History;
import org.junit.jupiter.api.Test;
import org.scijava.app.StatusService;

class TrainingProgressTest {

	private static TrainingProgress progress(final int epochs) {
		final StatusService silent = (StatusService) Proxy.newProxyInstance(StatusService.class.getClassLoader(),
			new Class<?>[] { StatusService.class }, (proxy, method, arguments) -> null);
		return new TrainingProgress(new CommandMonitor(silent, "preparing"), null, epochs);
	}

	private static History.Epoch epoch(final int number) {
		return new History.Epoch(number, 1, 1, 1, 1, 1);
	}

	@Test
	void epochsAreCountedFromOne() {
		final TrainingProgress progress = progress(2);
		assertEquals("epoch 1 of 2, loss 0.5000,", progress.stage(0.5));
		progress.epoch(epoch(1));
		assertEquals("epoch 2 of 2, loss 0.2500,", progress.stage(0.25));
		progress.epoch(epoch(2));
		assertEquals("epoch 2 of 2, loss 0.2500,", progress.stage(0.25));
	}

	@Test
	void aResumedTrainingGoesOnCounting() {
		final TrainingProgress progress = progress(10);
		progress.resumed(new History(List.of(epoch(1), epoch(2), epoch(3))));
		assertEquals("epoch 4 of 10, loss 0.5000,", progress.stage(0.5));
		progress.epoch(epoch(4));
		assertEquals("epoch 5 of 10, loss 0.5000,", progress.stage(0.5));
	}
}
