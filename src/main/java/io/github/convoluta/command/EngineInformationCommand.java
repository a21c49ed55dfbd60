package io.github.convoluta.command;

import java.util.Locale;
import java.util.stream.Collectors;

import ij.IJ;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.SystemMemory;
import io.github.convoluta.torch.Bfloat16;
import io.github.convoluta.torch.Operators;
import io.github.convoluta.torch.Processor;
import io.github.convoluta.torch.TorchLibrary;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Plugin;

/** What networks run on here. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Network Engine Information", label = "Network Engine Information",
	headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "45"),
	description = "Writes into the log what networks run on here: libtorch's version, what it and the processor can do, which style and precision are used and why, memory, devices, and where the library is unpacked.")
public class EngineInformationCommand extends UserCommand {

	@Override
	void execute() {
		IJ.log("libtorch " + TorchLibrary.version() + " on " + System.getProperty("os.name") + " " + System.getProperty(
			"os.arch") + ", unpacked in " + TorchLibrary.folder());
		IJ.log("features: " + TorchLibrary.features() + "; processor: " + Processor.instructions());
		final Operators operators = Processor.operators();
		IJ.log("style: " + (operators.convolution().works() ? "convolutions of oneDNN, with their activation" :
			"portable, because convolutions of oneDNN can't be used: " + operators.convolution().reason()));
		IJ.log("Adam in one step: " + operators.adam());
		final Bfloat16 measured = Processor.bfloat16();
		log("predictions of labels", measured.prediction());
		log("training", measured.training());
		IJ.log(String.format(Locale.ROOT, "memory for networks: %.1f GB free; devices: %s", SystemMemory.available() / 1e9,
			TorchLibrary.devices().stream().map(Device::toString).collect(Collectors.joining(", "))));
	}

	private static void log(final String purpose, final Bfloat16.Gain gain) {
		final String means = "; for " + purpose + " precision=automatic means " + (gain.isFaster() ? "bf16" : "fp32");
		IJ.log((gain.ability().works() ? String.format(Locale.ROOT, "bf16: %.1f times as fast as fp32", gain.speedup())
			: "bf16: not available: " + gain.ability().reason()) + means);
	}
}
