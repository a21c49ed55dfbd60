package io.github.convoluta.command;

import java.awt.GraphicsEnvironment;
import java.util.stream.Collectors;

import ij.IJ;
import ij.macro.Interpreter;
import io.github.convoluta.window.Manual;
import io.github.convoluta.window.ManualWindow;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Opens the documentation. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Help", label = "Help", headless = true,
	attrs = @Attr(name = UserCommand.PLACE, value = "61"),
	description = "Opens the documentation: how to filter, train and apply, tutorials, and every command's keys. Without a display its contents are written into the log; run(\"COMMAND\", \"help\") writes a command's keys.")
public class HelpCommand extends UserCommand {

	@Parameter(type = ItemIO.OUTPUT)
	private String contents;

	@Override
	void execute() {
		contents = Manual.PAGES.stream().flatMap(name -> Manual.page(name).sections().stream()).map(s -> "  ".repeat(s.level() -
			1) + s.text()).collect(Collectors.joining("\n"));
		if (!GraphicsEnvironment.isHeadless() && !Interpreter.isBatchMode()) {
			ManualWindow.show(null);
			return;
		}
		contents.lines().forEach(IJ::log);
		IJ.log("run(\"COMMAND\", \"help\") writes what a command does, and its keys.");
	}
}
