package io.github.convoluta.command;

import java.util.Locale;

import ij.IJ;
import io.github.convoluta.torch.Processor;
import io.github.convoluta.torch.SystemMemory;
import io.github.convoluta.torch.TorchLibrary;
import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

/** What networks run on here. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Network Engine Information",
	label = "Network Engine Information",
	description = "Writes into the log what networks run on here: libtorch's version, what it and the processor can do, memory, and where the library is unpacked.")
public class EngineInformationCommand extends UserCommand {

	@Override
	void execute() {
		IJ.log("libtorch " + TorchLibrary.version() + " on " + System.getProperty("os.name") + " " + System.getProperty(
			"os.arch") + ", unpacked in " + TorchLibrary.cacheFolder());
		IJ.log("features: " + TorchLibrary.features() + "; processor: " + Processor.instructions());
		IJ.log(String.format(Locale.ROOT, "bf16 is %.1f times as fast as fp32: precision=automatic means %s", Processor
			.bfloat16Speedup(), Processor.prefersBfloat16() ? "bf16" : "fp32"));
		IJ.log(String.format(Locale.ROOT, "memory for networks: %.1f GB free; graphics processors: %d", SystemMemory.available() /
			1e9, TorchLibrary.gpuCount()));
	}
}
