package io.github.convoluta.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.convoluta.network.DenseLayer;
import io.github.convoluta.network.Initialization;
import io.github.convoluta.network.Layer;
import io.github.convoluta.network.Parameter;
import org.junit.jupiter.api.Test;

/** The TorchScript of every kind of layer. */
class LayerCodeTest {

	@Test
	void everyKindHasItsCode() {
		assertEquals(Set.of(Layer.class.getPermittedSubclasses()), LayerCode.KINDS.keySet());
	}

	@Test
	void aKindWithoutCodeIsNamed() {
		final String message = assertThrows(IllegalStateException.class, () -> LayerCode.constructors(DenseLayer.class,
			MagicLayer.class)).getMessage();
		assertTrue(message.contains("MagicLayer") && message.contains("io.github.convoluta.torch.MagicCode"), message);
	}

	private record MagicLayer() {}

	/** Gradients are checked for all kinds, new ones too: it takes an example among those of the test. */
	@Test
	void theGradientOfEveryKindIsTested() {
		assertEquals(Set.of(Layer.class.getPermittedSubclasses()), LayerGradientTest.networks().flatMap(n -> n.nodes().stream())
			.map(node -> node.layer().getClass()).collect(Collectors.toSet()));
	}

	@Test
	void arraysOfOtherNamesHaveAClassOfTheirOwn() {
		final ArraysClass slopes = ArraysClass.of(List.of(new Parameter("act1.slope", List.of(4), Parameter.Role.SCALE,
			Initialization.ONE), new Parameter("act1.running_mean", List.of(4), Parameter.Role.RUNNING_MEAN,
				Initialization.ZERO)));
		assertEquals("SlopeRunningMean", slopes.name());
		final String usual = ArraysClass.code(Stream.empty());
		assertEquals(usual + """
				class SlopeRunningMean(Module):
				  __parameters__ = ["slope", ]
				  __buffers__ = ["running_mean", ]
				  slope : Tensor
				  running_mean : Tensor
				  training : bool
				""", ArraysClass.code(Stream.of(slopes, slopes)));
		assertTrue(usual.contains("class WeightBias(Module)") && usual.contains("class BatchNorm(Module)"), usual);
	}
}
