package io.github.convoluta.host;

import java.awt.GraphicsEnvironment;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.plugin.PlugIn;
import io.github.convoluta.command.CommandHelp;
import io.github.convoluta.command.UserCommand;
import io.github.convoluta.image.OpenImages;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.service.Service;

/**
 * The one menu route to every command, in Fiji and in plain ImageJ: reads the macro options or shows a dialog, runs the
 * command, shows its outputs and makes the last one the current image, and stops the calling macro if anything fails.
 * The argument is the command's class name. Runs on the thread that ImageJ chose for the menu entry or macro.
 */
public class CommandPlugIn implements PlugIn {

	@Override
	public void run(final String commandClass) {
		String name = commandClass;
		// Whatever is thrown must be seen: ImageJ swallows some errors of plugin classes silently.
		try {
			final Class<? extends Command> type = Class.forName(commandClass, true, getClass().getClassLoader()).asSubclass(
				Command.class);
			name = CommandHelp.title(type);
			runCommand(type);
		}
		catch (final Throwable t) {
			if (t instanceof RuntimeException && Macro.MACRO_CANCELED.equals(t.getMessage())) throw (RuntimeException) t;
			new FailureReport(name).show(t);
		}
	}

	private void runCommand(final Class<? extends Command> type) throws Throwable {
		final CommandInfo info = CommandHelp.info(type);
		final String options = Macro.getOptions();
		final Context context = HostContext.get();
		final Module module;
		if (options != null || Interpreter.isBatchMode() || GraphicsEnvironment.isHeadless()) {
			final MacroOptions parsed = MacroOptions.parse(options == null ? "" : options, info);
			if (parsed.wantsHelp()) {
				IJ.log(CommandHelp.markdown(type));
				return;
			}
			module = runWithInputs(context, info, parsed.values());
		}
		else if (HostContext.isFiji()) {
			try {
				module = context.service(ModuleService.class).run(new FijiForm(type), true, Map.of()).get();
			}
			catch (final ExecutionException e) {
				throw e.getCause();
			}
		}
		else {
			final ModuleService memory = context.service(ModuleService.class);
			module = new DialogRun(info, () -> module(context, info, Map.of()), memory).run().orElse(null);
		}
		if (module != null) finish(module);
	}

	/** Runs on this thread, so that everything a macro expects of a plugin holds. */
	private static Module runWithInputs(final Context context, final CommandInfo info, final Map<String, Object> values)
		throws Exception
	{
		final Module module = module(context, info, values);
		module.run();
		return module;
	}

	private static Module module(final Context context, final CommandInfo info, final Map<String, Object> values)
		throws Exception
	{
		final Module module = info.createModule();
		context.inject(module.getDelegateObject());
		module.initialize();
		for (final ModuleItem<?> item : info.inputs()) {
			if (Service.class.isAssignableFrom(item.getType())) module.setInput(item.getName(), context.service(item.getType()
				.asSubclass(Service.class)));
			else if (item.getType() == ImagePlus.class && !values.containsKey(item.getName())) module.setInput(item.getName(),
				OpenImages.active());
			module.resolveInput(item.getName());
		}
		values.forEach(module::setInput);
		return module;
	}

	private static void finish(final Module module) throws Throwable {
		if (module.getDelegateObject() instanceof final UserCommand command && command.failure().isPresent()) throw command
			.failure().get();
		if (module.getDelegateObject() instanceof final Cancelable c && c.isCanceled()) {
			IJ.showStatus("Cancelled");
			if (Interpreter.getInstance() != null) throw new IllegalArgumentException(String.valueOf(c.getCancelReason()));
			return;
		}
		for (final Object output : module.getOutputs().values())
			if (output instanceof final ImagePlus image) {
				if (WindowManager.getImage(image.getID()) == null) image.show();
				// In batch and headless runs showing does not make an image current.
				if (Interpreter.isBatchMode() || IJ.getInstance() == null) WindowManager.setTempCurrentImage(image);
			}
	}
}
