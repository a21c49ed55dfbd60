package io.github.convoluta.command;

import ij.ImagePlus;
import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;
import org.scijava.service.Service;

/**
 * Prepares this program's commands where SciJava runs them: a failure cancels them, and whoever gives an input means the
 * others to have their defaults, not what was last entered in a dialog or has to be. Images are left to the host, which
 * takes the active one. Comes before any other preprocessor resolves an input.
 */
@Plugin(type = PreprocessorPlugin.class, priority = 2.5 * Priority.VERY_HIGH)
public class GivenInputs extends AbstractPreprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof final UserCommand command)) return;
		command.cancelOnFailure();
		boolean given = false;
		for (final ModuleItem<?> item : module.getInfo().inputs())
			given |= module.isInputResolved(item.getName());
		if (given) for (final ModuleItem<?> item : module.getInfo().inputs())
			if (item.getType() != ImagePlus.class && !Service.class.isAssignableFrom(item.getType())) module.resolveInput(item
				.getName());
	}
}
