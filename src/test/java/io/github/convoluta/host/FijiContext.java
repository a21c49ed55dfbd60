package io.github.convoluta.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.log.LogLevel;
import org.scijava.log.LogService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.module.process.SaveInputsPreprocessor;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.service.Service;
import org.scijava.widget.InputHarvester;

/** All of SciJava's services, as in Fiji; only that no preferences are left behind. */
final class FijiContext implements AutoCloseable {

	/** Stands where the dialog would open: notes what it would ask for, and cancels. */
	public static final class Dialog extends AbstractPreprocessorPlugin {

		@Override
		public void process(final Module module) {
			final List<String> asked = new ArrayList<>();
			for (final ModuleItem<?> item : module.getInfo().inputs())
				if (!module.isInputResolved(item.getName())) asked.add(item.getName());
			if (!asked.isEmpty()) cancel("asked for " + asked);
		}
	}

	private final Context context = new Context();
	private final List<String> errors = new ArrayList<>();

	FijiContext() {
		final PluginService plugins = service(PluginService.class);
		plugins.removePlugin(plugins.getPlugin(SaveInputsPreprocessor.class));
		service(LogService.class).addLogListener(m -> {
			// Without Fiji nothing can show images.
			if (m.level() <= LogLevel.WARN && !String.valueOf(m.text()).matches(
				"Ignoring unsupported output: .* \\[ij.ImagePlus\\]")) errors.add(String.valueOf(m.text() == null ? m.throwable() : m
					.text()));
		});
	}

	<S extends Service> S service(final Class<S> type) {
		return context.service(type);
	}

	void addDialog() {
		final PluginInfo<PreprocessorPlugin> dialog = new PluginInfo<>(Dialog.class, PreprocessorPlugin.class);
		dialog.setPriority(InputHarvester.PRIORITY);
		service(PluginService.class).addPlugin(dialog);
	}

	/** The command's module after it has ended. */
	Module run(final Class<? extends Command> command, final Map<String, Object> inputs) throws Exception {
		return service(CommandService.class).run(command, true, inputs).get();
	}

	/** Why a module was cancelled; null if it was not, or without a reason. */
	static String reason(final Module module) {
		return ((Cancelable) module).getCancelReason();
	}

	/** What went to the console as warnings and errors. */
	List<String> errors() {
		return errors;
	}

	@Override
	public void close() {
		context.dispose();
	}
}
