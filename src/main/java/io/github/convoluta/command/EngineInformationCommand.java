package io.github.convoluta.command;

import ij.IJ;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** What networks run on here. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Network Engine Information",
	label = "Network Engine Information", headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "46"),
	description = "Writes into the log what networks run on here: libtorch's version, what it and the processor can do, which style and precision are used and why, memory, devices, and where the library is unpacked.")
public class EngineInformationCommand extends UserCommand {

	@Parameter
	private EngineService engines;

	@Parameter(type = ItemIO.OUTPUT)
	private String information;

	@Override
	void execute() {
		information = String.join("\n", engines.engine().information());
		information.lines().forEach(IJ::log);
	}
}
