package io.github.convoluta.host;

import io.github.convoluta.command.CommandHelp;
import io.github.convoluta.window.ManualWindow;
import org.scijava.command.Command;
import org.scijava.module.AbstractModuleItem;
import org.scijava.module.Module;
import org.scijava.module.ModuleInfo;
import org.scijava.widget.Button;

/** The Help button of Fiji's dialog. It is no input of the command: scripts need not give it. */
final class HelpItem extends AbstractModuleItem<Button> {

	private final Class<? extends Command> command;

	HelpItem(final ModuleInfo info, final Class<? extends Command> command) {
		super(info);
		this.command = command;
	}

	@Override
	public String getName() {
		return "help";
	}

	@Override
	public String getLabel() {
		return "Help";
	}

	@Override
	public String getDescription() {
		return "explains every field";
	}

	@Override
	public Class<Button> getType() {
		return Button.class;
	}

	@Override
	public boolean isRequired() {
		return false;
	}

	@Override
	public boolean isPersisted() {
		return false;
	}

	@Override
	public Button getValue(final Module module) {
		return null;
	}

	@Override
	public void setValue(final Module module, final Button value) {
		// A button holds nothing.
	}

	@Override
	public void callback(final Module module) {
		ManualWindow.show(CommandHelp.title(command));
	}
}
