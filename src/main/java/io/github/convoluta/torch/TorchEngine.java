package io.github.convoluta.torch;

import java.util.List;
import java.util.function.Supplier;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.PrecisionChoice;
import io.github.convoluta.engine.Purpose;

/** Trains and runs networks by libtorch, which is loaded when it is first needed. */
public final class TorchEngine {

	/**
	 * Devices that networks can run on, the processor first.
	 *
	 * @throws IllegalStateException if libtorch can't be loaded on this machine; the message says why
	 */
	public List<Device> devices() {
		return TorchLibrary.devices();
	}

	/**
	 * The precision that a choice means here. Nothing is loaded or measured before it matters.
	 *
	 * @throws IllegalArgumentException if bf16 is asked for where networks can't run so; the message says why
	 * @throws IllegalStateException if libtorch can't be loaded on this machine; the message says why
	 */
	public Precision precision(final PrecisionChoice choice, final Purpose purpose, final Device device) {
		return precision(choice, purpose, device, () -> purpose == Purpose.TRAINING ? Processor.bfloat16().training()
			: Processor.bfloat16().prediction());
	}

	/** What was measured is true of the processor; graphics processors compute as they are told. */
	static Precision precision(final PrecisionChoice choice, final Purpose purpose, final Device device,
		final Supplier<Bfloat16.Gain> measured)
	{
		if (choice == PrecisionChoice.FP32) return Precision.FP32;
		if (device.kind() != Device.Kind.CPU) return choice == PrecisionChoice.BF16 ? Precision.BF16 : Precision.FP32;
		final Bfloat16.Gain gain = measured.get();
		if (choice == PrecisionChoice.AUTOMATIC) return gain.isFaster() ? Precision.BF16 : Precision.FP32;
		if (!gain.ability().works()) throw new IllegalArgumentException("precision=bf16 can't be used for " + (purpose == Purpose.TRAINING
			? "training" : "predictions") + " on this machine (" + gain.ability().reason() +
			"). Use precision=automatic or precision=fp32.");
		return Precision.BF16;
	}
}
