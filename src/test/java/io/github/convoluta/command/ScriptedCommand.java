package io.github.convoluta.command;

import java.util.Map;

import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.event.EventService;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.plugin.Plugin;

/** Runs commands through SciJava, as scripts run them. */
final class ScriptedCommand {

	private ScriptedCommand() {}

	/** The module after its run, with these inputs and a context of its own. */
	static Module run(final Class<? extends Command> command, final Map<String, ?> inputs) {
		return run(EngineService.class, command, inputs);
	}

	/** The module after its run with another engine. */
	static Module run(final Class<? extends EngineService> engine, final Class<? extends Command> command,
		final Map<String, ?> inputs)
	{
		try (Context context = new Context(StatusService.class, EventService.class, engine)) {
			final Module module = new CommandInfo(command, command.getAnnotation(Plugin.class)).createModule();
			context.inject(module.getDelegateObject());
			inputs.forEach(module::setInput);
			module.run();
			return module;
		}
		catch (final ModuleException e) {
			throw new IllegalStateException(e);
		}
	}
}
