package io.github.convoluta.torch;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Shape;
import io.github.convoluta.sample.ClassifiedArrays;
import io.github.convoluta.sample.Split;
import io.github.convoluta.training.TrainingLoop;
import io.github.convoluta.training.TrainingSettings;
import org.junit.jupiter.api.Test;

/** An archive with the weights and the optimiser is an array of bytes: up to 2 GiB. Nothing here takes that memory. */
class NetworkSizeTest {

	/** Of {@code w} units in three layers: {@code 2 w w + 13 w + 2} numbers for samples of 8 values and 2 classes. */
	private static Network dense(final int units) {
		return Architectures.create("mlp depth=3 width=" + units, 1, 1, 2);
	}

	@Test
	void aTrainingOfMoreThanFitsIsRefusedBeforeItBegins() {
		assertDoesNotThrow(() -> new TorchEngine().capabilities().requireTrainable(dense(9419), 8));
		final ClassifiedArrays data = new ClassifiedArrays(new Shape(List.of(8), 1), List.of(new float[8], new float[8]),
			new int[] { 0, 1 });
		final String message = assertThrows(IllegalArgumentException.class, () -> TrainingLoop.run(new TorchEngine(), dense(
			9420), data, Split.stratified(data, 0, 1), TrainingSettings.usual(1, 2, 0.01, 1), new TrainingLoop.Listener()
		{}, 8)).getMessage();
		assertTrue(message.contains(
			"has 177,595,262 parameters, which with the two numbers that the optimiser keeps for each take " +
				"2.13 GB; up to 177,558,869 parameters (2.13 GB) can be trained."), message);
	}
}
