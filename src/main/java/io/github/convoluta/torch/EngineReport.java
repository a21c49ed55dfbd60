package io.github.convoluta.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.convoluta.engine.ByteSize;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.SystemMemory;

/** What libtorch is and does on this machine, for reports. */
final class EngineReport {

	private EngineReport() {}

	static List<String> lines() {
		final List<String> lines = new ArrayList<>();
		lines.add("libtorch " + TorchLibrary.version() + " on " + System.getProperty("os.name") + " " + System.getProperty(
			"os.arch") + ", unpacked in " + TorchLibrary.folder());
		lines.add("features: " + TorchLibrary.features() + "; processor: " + Processor.instructions());
		final Operators operators = Processor.operators();
		lines.add("style: " + (operators.convolution().works() ? "convolutions of oneDNN, with their activation"
			: "portable, because convolutions of oneDNN can't be used: " + operators.convolution().reason()));
		lines.add("Adam in one step: " + operators.adam());
		final Bfloat16 measured = Processor.bfloat16();
		lines.add(line("predictions of labels", measured.prediction()));
		lines.add(line("training", measured.training()));
		lines.add("memory for networks: " + new ByteSize(SystemMemory.available()) + " free; devices: " + TorchLibrary.devices()
			.stream().map(Device::toString).collect(Collectors.joining(", ")));
		return lines;
	}

	private static String line(final String purpose, final Bfloat16.Gain gain) {
		return (gain.ability().works() ? String.format(Locale.ROOT, "bf16: %.1f times as fast as fp32", gain.speedup())
			: "bf16: not available: " + gain.ability().reason()) + "; for " + purpose + " precision=automatic means " + (gain
				.isFaster() ? "bf16" : "fp32");
	}
}
