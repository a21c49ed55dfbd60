package io.github.convoluta.torch;

import java.util.List;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.BatchResult;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.OptimizerState;
import io.github.convoluta.engine.Target;
import io.github.convoluta.engine.Trainer;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;

/** A network in libtorch's memory with its optimiser. */
final class TorchTrainer implements Trainer {

	private final List<Parameter> parameters;
	private final Loss loss;
	private final EngineModule module;

	private TorchTrainer(final List<Parameter> parameters, final Loss loss, final EngineModule module) {
		this.parameters = parameters;
		this.loss = loss;
		this.module = module;
	}

	/** Loads a network with first weights, a fresh optimiser and these operators. */
	static TorchTrainer start(final Network network, final Weights weights, final TrainingMethod method,
		final Operators operators)
	{
		return resume(network, weights, OptimizerState.zero(weights.parameters()), method, operators);
	}

	/** Loads a network with the weights and the optimiser of an earlier training. */
	static TorchTrainer resume(final Network network, final Weights weights, final OptimizerState state,
		final TrainingMethod method, final Operators operators)
	{
		final ForwardStyle style = ForwardStyle.training(network.dimensions(), method.precision(), method.device(), operators);
		final String methods = TrainingCode.methods(network, weights.parameters(), method, style, operators);
		return new TorchTrainer(weights.parameters(), method.loss(), new EngineModule(method.device(), target -> TorchArchive
			.write(network, weights, style, methods, state, target)));
	}

	@Override
	public void seed(final long seed) {
		TorchLibrary.seed(seed);
	}

	@Override
	public float step(final Batch batch, final double learningRate) {
		module.setTraining(true);
		try (NDManager call = module.newCall()) {
			return call(call, "train_step", batch, call.create((float) learningRate)).get(0).toFloatArray()[0];
		}
	}

	@Override
	public List<float[]> gradients(final Batch batch, final boolean training) {
		module.setTraining(training);
		try (NDManager call = module.newCall()) {
			return call(call, "gradients", batch).stream().map(NDArray::toFloatArray).toList();
		}
	}

	@Override
	public BatchResult evaluate(final Batch batch) {
		module.setTraining(false);
		try (NDManager call = module.newCall()) {
			final NDList result = call(call, "evaluate", batch);
			return new BatchResult(result.get(0).toFloatArray()[0], EngineModule.floats(result.get(1)), result.get(1).getShape()
				.getShape());
		}
	}

	private NDList call(final NDManager call, final String method, final Batch batch, final NDArray... further) {
		if (batch.target() instanceof Target.Classes != loss.isForClasses()) throw new IllegalArgumentException("The loss " +
			loss + " needs " + (loss.isForClasses() ? "classes" : "values") + " as targets, but the batch has " + (loss
				.isForClasses() ? "values." : "classes."));
		final NDArray x = module.buffers.input(call, batch.input(), batch.shape());
		final NDArray y = module.buffers.target(call, batch.target());
		return module.invoke(call, method, true, further.length == 0 ? new NDArray[] { x, y } : new NDArray[] { x, y,
			further[0] });
	}

	@Override
	public Weights weights() {
		final List<float[]> arrays = state("arrays");
		for (int i = 0; i < arrays.size(); i++)
			if (parameters.get(i).role() == Parameter.Role.RUNNING_VARIANCE) {
				final float[] variances = arrays.get(i);
				for (int c = 0; c < variances.length; c++)
					if (variances[c] < Float.MIN_NORMAL) variances[c] = Float.MIN_NORMAL;
			}
		return new Weights(parameters, arrays);
	}

	@Override
	public OptimizerState optimizerState() {
		final List<float[]> moments = state("moments");
		final int n = moments.size() / 2;
		return new OptimizerState(moments.subList(0, n), moments.subList(n, 2 * n), moments.get(2 * n)[0]);
	}

	private List<float[]> state(final String method) {
		try (NDManager call = module.newCall()) {
			return module.invoke(call, method, true, call.create(0f)).stream().map(NDArray::toFloatArray).toList();
		}
	}

	@Override
	public void close() {
		module.close();
	}
}
