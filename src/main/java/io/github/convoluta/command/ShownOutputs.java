package io.github.convoluta.command;

import ij.ImagePlus;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.plugin.Plugin;

/**
 * Of this program's commands only the images among the outputs are for showing. Files and tables are for scripts: SciJava
 * would open windows for them, or complain in the console that it can't.
 */
@Plugin(type = PostprocessorPlugin.class)
public class ShownOutputs extends AbstractPostprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof UserCommand)) return;
		for (final ModuleItem<?> item : module.getInfo().outputs())
			if (item.getType() != ImagePlus.class) module.resolveOutput(item.getName());
	}
}
