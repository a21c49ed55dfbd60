package io.github.convoluta.command;

import java.util.ArrayList;
import java.util.List;

import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;
import org.scijava.widget.InputHarvester;

/**
 * Prepares this program's commands where SciJava runs them: a failure cancels them, and what exists for the dialog only
 * (the preview) opens none once every key has its value.
 */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY + 0.9)
public class DialogInputs extends AbstractPreprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof final UserCommand command)) return;
		command.cancelOnFailure();
		final List<String> open = new ArrayList<>();
		for (final ModuleItem<?> item : module.getInfo().inputs())
			if (!module.isInputResolved(item.getName())) {
				if (CommandHelp.isKey(item) || !CommandHelp.isForDialog(item)) return;
				open.add(item.getName());
			}
		open.forEach(module::resolveInput);
	}
}
