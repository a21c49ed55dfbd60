package io.github.convoluta.engine;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Where networks run.
 *
 * @param kind which sort of processor
 * @param index which of several, from 0 on
 */
public record Device(Kind kind, int index) {

	/** Sorts of processors. */
	public enum Kind {
		CPU,
		/** NVIDIA graphics processors; needs PyTorch's CUDA libraries, see the environment variable PYTORCH_LIBRARY_PATH. */
		CUDA,
		/** Graphics processors of Apple silicon. */
		MPS
	}

	public static final Device CPU = new Device(Kind.CPU, 0);

	public Device {
		if (index < 0) throw new IllegalArgumentException("The number of a device must be at least 0, but " + index +
			" was given.");
	}

	/**
	 * Reads {@code cpu}, {@code cuda}, {@code cuda:1} or {@code mps}.
	 *
	 * @throws IllegalArgumentException for any other text
	 */
	public static Device parse(final String text) {
		final String[] parts = text.strip().toUpperCase(Locale.ROOT).split(":");
		for (final Kind kind : Kind.values())
			if (kind.name().equals(parts[0]) && parts.length <= 2 && (parts.length == 1 || parts[1].matches("\\d{1,3}")))
				return new Device(kind, parts.length == 1 ? 0 : Integer.parseInt(parts[1]));
		throw new IllegalArgumentException("device=" + text + " is not known; allowed are cpu, cuda, cuda:1, ... and mps.");
	}

	/**
	 * This device, if there is one.
	 *
	 * @param there devices of this machine
	 * @throws IllegalArgumentException naming them, if it is none of them
	 */
	public Device among(final List<Device> there) {
		if (there.contains(this)) return this;
		throw new IllegalArgumentException("device=" + this + " is not there. Networks can run on " + there.stream().map(
			Device::toString).collect(Collectors.joining(", ")) + " here." + (kind == Kind.CUDA
				? " Graphics processors of NVIDIA need PyTorch's CUDA libraries, in the folder that the environment variable PYTORCH_LIBRARY_PATH names."
				: ""));
	}

	/** Such as {@code cuda:0}, as libtorch spells it. */
	@Override
	public String toString() {
		return kind.name().toLowerCase(Locale.ROOT) + (kind == Kind.CPU ? "" : ":" + index);
	}
}
