package io.github.convoluta.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;

/**
 * A network in libtorch's memory with its optimiser, changed step by step. For one thread at a time; {@link #close}
 * frees the memory.
 */
public final class TorchTrainer implements AutoCloseable {

	private final List<Parameter> parameters;
	private final Loss loss;
	private final NDManager manager;
	private final PtSymbolBlock block;

	private TorchTrainer(final List<Parameter> parameters, final Loss loss, final NDManager manager,
		final PtSymbolBlock block)
	{
		this.parameters = parameters;
		this.loss = loss;
		this.manager = manager;
		this.block = block;
	}

	/**
	 * Loads a network with first weights and a fresh optimiser.
	 *
	 * @param seed begins the engine's random numbers, which dropout takes: one training at a time is repeatable
	 */
	public static TorchTrainer start(final Network network, final Weights weights, final Loss loss,
		final Optimizer optimizer, final long seed)
	{
		TorchLibrary.seed(seed);
		final List<float[]> zeros = weights.parameters().stream().filter(p -> p.role().isTrainable()).map(p -> new float[p
			.count()]).toList();
		final ByteArrayOutputStream archive = new ByteArrayOutputStream();
		try {
			TorchArchive.write(network, weights, TrainingCode.methods(network, weights.parameters(), loss, optimizer),
				new TorchArchive.State(zeros, zeros, 0), archive);
			final NDManager manager = TorchLibrary.newManager();
			final PtSymbolBlock block = TorchLibrary.load(archive.toByteArray(), manager);
			return new TorchTrainer(weights.parameters(), loss, manager, block);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/**
	 * One step on a batch.
	 *
	 * @param input values in C order, of shape {@code [sample, channel, (z,) (y,) x]}
	 * @param target class numbers or values, as {@link Loss} says
	 * @return the loss before the step
	 */
	public float step(final float[] input, final long[] shape, final Object target, final long[] targetShape,
		final double learningRate)
	{
		// The binding loads modules for prediction, whatever it says of itself.
		JniUtils.enableTrainingMode(block);
		try (NDManager step = manager.newSubManager()) {
			return call(step, "train_step", input, shape, target, targetShape, step.create((float) learningRate)).get(0)
				.toFloatArray()[0];
		}
	}

	/** Gradients of the loss with respect to every trainable array, in their order; dropout is active if training. */
	public List<float[]> gradients(final float[] input, final long[] shape, final Object target, final long[] targetShape,
		final boolean training)
	{
		setTraining(training);
		try (NDManager step = manager.newSubManager()) {
			return call(step, "gradients", input, shape, target, targetShape, null).stream().map(NDArray::toFloatArray).toList();
		}
	}

	/** Loss and result of a batch, without training. */
	public Evaluation evaluate(final float[] input, final long[] shape, final Object target, final long[] targetShape) {
		setTraining(false);
		try (NDManager step = manager.newSubManager()) {
			final NDList result = call(step, "evaluate", input, shape, target, targetShape, null);
			return new Evaluation(result.get(0).toFloatArray()[0], result.get(1).toFloatArray(), result.get(1).getShape()
				.getShape());
		}
	}

	private void setTraining(final boolean training) {
		if (training) JniUtils.enableTrainingMode(block);
		else JniUtils.enableInferenceMode(block);
	}

	private NDList call(final NDManager step, final String method, final float[] input, final long[] shape,
		final Object target, final long[] targetShape, final NDArray learningRate)
	{
		final NDArray x = step.create(input, new Shape(shape));
		final NDArray y = loss.isForClasses() ? step.create((long[]) target, new Shape(targetShape)) : step.create(
			(float[]) target, new Shape(targetShape));
		final NDList arguments = new NDList(x, y);
		if (learningRate != null) arguments.add(learningRate);
		return invoke(step, method, arguments);
	}

	private NDList invoke(final NDManager step, final String method, final NDList arguments) {
		// An array with such a name is no argument: it tells the binding which method to call.
		final NDArray name = step.create(0f);
		name.setName("module_method:" + method);
		arguments.add(name);
		final NDList result = block.forward(new ParameterStore(step, false), arguments, true);
		result.attach(step);
		return result;
	}

	/** The present weights: a copy. */
	public Weights weights() {
		try (NDManager step = manager.newSubManager()) {
			return new Weights(parameters, invoke(step, "arrays", new NDList(step.create(0f))).stream().map(NDArray::toFloatArray)
				.toList());
		}
	}

	@Override
	public void close() {
		block.close();
		manager.close();
	}
}
