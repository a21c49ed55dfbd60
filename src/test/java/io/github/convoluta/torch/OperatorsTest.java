package io.github.convoluta.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.Trainer;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.network.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OperatorsTest {

	private static final Pattern SPECIAL = Pattern.compile("ops\\.[a-z_.]+|torch\\._fused_[a-z_]+");

	/** All that is written for networks with every kind of layer. */
	private static Set<String> named(final Precision precision, final Operators operators) {
		final Set<String> found = new TreeSet<>();
		Stream.concat(TorchTest.layers(), Stream.of(1, 2, 3).map(n -> Architectures.create("unet depth=1 width=4", n, 1, 2)))
			.forEach(network -> {
				final int n = network.dimensions();
				final List<Parameter> parameters = Parameter.of(network, List.of(16, 16, 16).subList(0, n).stream().mapToInt(i -> i)
					.toArray());
				final StringBuilder code = new StringBuilder(ForwardCode.of(network, ForwardStyle.prediction(n, precision,
					Device.CPU, operators)));
				for (final Optimizer optimizer : List.of(Optimizer.adam(), Optimizer.adamW(), Optimizer.rmsProp(), new Optimizer.Sgd(
					0.9, 0.1)))
					code.append(TrainingCode.methods(network, parameters, new TrainingMethod(new Loss.Dice(1), optimizer, 1, precision,
						Device.CPU), ForwardStyle.training(n, precision, Device.CPU, operators), operators));
				final Matcher m = SPECIAL.matcher(code);
				while (m.find())
					found.add(m.group());
			});
		return found;
	}

	@ParameterizedTest
	@EnumSource
	void thePortableStyleNamesNothingThatALibraryMayLack(final Precision precision) {
		assertEquals(Set.of("ops.prim.max"), named(precision, Operators.none("a test")));
	}

	/** What is named besides needs a probe. */
	@ParameterizedTest
	@EnumSource
	void whatIsNamedBesidesIsProbed(final Precision precision) {
		assertEquals(Set.of("ops.prim.max", "ops.mkldnn._convolution_pointwise", "torch._fused_adam_", "torch._fused_adamw_"),
			named(precision, Operators.ALL));
	}

	@Test
	void anUnknownOperatorIsAReasonAndNoFailure() {
		final Network network = NetworkBuilder.network("odd", 2, 1).convolution(1, 3, LayerPadding.SAME, Activation.RELU)
			.build();
		final Weights weights = Weights.random(Parameter.of(network, 8, 8), 1);
		final Ability found = Ability.of(() -> new EngineModule(Device.CPU, target -> TorchArchive.write(network, weights,
			ForwardStyle.PORTABLE,
			"  def odd(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n    return ops.mkldnn._no_such_operator(x)\n", null,
			target)).close());
		assertFalse(found.works());
		assertTrue(found.reason().contains("Unknown builtin op: mkldnn::_no_such_operator"), found.reason());
		assertEquals(1, found.reason().lines().count());
	}

	static Stream<Optimizer> adams() {
		return Stream.of(Optimizer.adam(), Optimizer.adamW(), new Optimizer.Adam(0.8, 0.99, 0.1, false), new Optimizer.Adam(0.8,
			0.99, 0.1, true));
	}

	@ParameterizedTest
	@MethodSource("adams")
	void bothWaysOfAdamAreTheSame(final Optimizer adam) {
		assumeTrue(Processor.operators().adam().works(), "skipped: there is only one way here");
		final Network network = Architectures.create("digits", 2, 1, 4);
		final Weights weights = Weights.random(Parameter.of(network, 16, 16), 5);
		final float[] x = TorchTest.random(3 * 256, 1);
		final long[] y = { 0, 3, 1 }, shape = { 3, 1, 16, 16 };
		final Ability convolution = Processor.operators().convolution();
		try (Trainer one = TorchTrainer.start(network, weights, new TrainingMethod(Loss.crossEntropy(), adam), new Operators(
			convolution, Ability.YES)); Trainer many = TorchTrainer.start(network, weights, new TrainingMethod(Loss.crossEntropy(),
				adam), new Operators(convolution, Ability.no("a test"))))
		{
			for (int i = 0; i < 4; i++) {
				one.step(TorchTest.batch(x, shape, y, new long[] { 3 }), 1e-3);
				many.step(TorchTest.batch(x, shape, y, new long[] { 3 }), 1e-3);
			}
			for (int k = 0; k < weights.arrays().size(); k++)
				assertArrayEquals(one.weights().arrays().get(k), many.weights().arrays().get(k), 2e-5f);
			assertEquals(4, many.optimizerState().steps());
			for (int k = 0; k < one.optimizerState().first().size(); k++) {
				assertArrayEquals(one.optimizerState().first().get(k), many.optimizerState().first().get(k), 1e-4f);
				assertArrayEquals(one.optimizerState().second().get(k), many.optimizerState().second().get(k), 1e-4f);
			}
		}
	}

	@Test
	void withoutTheLibraryConvolutionsUnfold() {
		assertTrue(Operators.none("a test").unfolds());
		assertFalse(Operators.ALL.unfolds());
		assertEquals(Processor.operators(), Operators.probe());
	}
}
