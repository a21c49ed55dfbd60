package io.github.convoluta.torch;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;

import io.github.convoluta.engine.Capabilities;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Differentiator;
import io.github.convoluta.engine.Engine;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.OptimizerState;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.PrecisionChoice;
import io.github.convoluta.engine.Purpose;
import io.github.convoluta.engine.Trainer;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.engine.WeightsArchive;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;

/**
 * Trains and runs networks by libtorch, which is unpacked and loaded when it is first needed. Weights are written as
 * TorchScript.
 */
public final class TorchEngine implements Engine {

	/** Pure Java: neither writing nor reading loads libtorch. */
	private static final WeightsArchive ARCHIVE = new WeightsArchive() {

		@Override
		public void write(final Network network, final Weights weights, final OutputStream target) throws IOException {
			TorchArchive.write(network, weights, target);
		}

		@Override
		public Weights read(final List<Parameter> parameters, final byte[] archive) throws IOException {
			return TorchArchive.readWeights(parameters, archive);
		}
	};

	@Override
	public String name() {
		return "libtorch";
	}

	@Override
	public List<String> information() {
		return EngineReport.lines();
	}

	@Override
	public List<Device> devices() {
		return TorchLibrary.devices();
	}

	@Override
	public Precision precision(final PrecisionChoice choice, final Purpose purpose, final Device device) {
		return precision(choice, purpose, device, () -> purpose == Purpose.TRAINING ? Processor.bfloat16().training() : Processor
			.bfloat16().prediction());
	}

	@Override
	public Capabilities capabilities() {
		return new Capabilities(Processor.operators().unfolds(), TorchArchive.MOST_BYTES);
	}

	@Override
	public Inference load(final Network network, final Weights weights, final Precision precision, final Device device) {
		return TorchInference.load(network, weights, precision, device, Processor.operators());
	}

	@Override
	public Inference loadAsWritten(final Network network, final Weights weights) {
		return TorchInference.loadPortable(network, weights);
	}

	@Override
	public Trainer train(final Network network, final Weights weights, final OptimizerState state,
		final TrainingMethod method)
	{
		return TorchTrainer.resume(network, weights, state, method, Processor.operators());
	}

	@Override
	public Differentiator differentiate(final Network network, final Weights weights, final Device device) {
		return TorchDifferentiator.load(network, weights, device, Processor.operators());
	}

	@Override
	public WeightsArchive archive() {
		return ARCHIVE;
	}

	/** What was measured is true of the processor; graphics processors compute as they are told. */
	static Precision precision(final PrecisionChoice choice, final Purpose purpose, final Device device,
		final Supplier<Bfloat16.Gain> measured)
	{
		if (choice == PrecisionChoice.FP32) return Precision.FP32;
		if (device.kind() != Device.Kind.CPU) return choice == PrecisionChoice.BF16 ? Precision.BF16 : Precision.FP32;
		final Bfloat16.Gain gain = measured.get();
		if (choice == PrecisionChoice.AUTOMATIC) return gain.isFaster() ? Precision.BF16 : Precision.FP32;
		if (!gain.ability().works()) throw new IllegalArgumentException("precision=bf16 can't be used for " +
			(purpose == Purpose.TRAINING ? "training" : "predictions") + " on this machine (" + gain.ability().reason() +
			"). Use precision=automatic or precision=fp32.");
		return Precision.BF16;
	}
}
