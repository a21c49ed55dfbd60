package io.github.convoluta.host;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import ij.plugin.frame.Recorder;
import io.github.convoluta.command.Asking;
import io.github.convoluta.command.Field;
import io.github.convoluta.command.RecordedLine;
import io.github.convoluta.command.UserMessage;
import io.github.convoluta.image.UnshownResultException;
import org.scijava.command.CommandInfo;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;

/**
 * A run of a command from plain ImageJ's menu: asks, runs, and asks again with the message and all that was entered if
 * something was wrong with it. What was used is remembered and recorded with every key.
 */
final class DialogRun {

	/** Makes a module whose services and images are set. */
	interface Modules {

		Module create() throws Exception;
	}

	private final CommandInfo info;
	private final Modules modules;
	private final ModuleService memory;
	private final List<Field> fields;

	DialogRun(final CommandInfo info, final Modules modules, final ModuleService memory) {
		this.info = info;
		this.modules = modules;
		this.memory = memory;
		fields = Field.of(info);
	}

	/** Empty if the person cancelled the dialog. */
	Optional<Module> run() throws Exception {
		if (fields.isEmpty()) {
			final Module module = modules.create();
			module.run();
			return Optional.of(module);
		}
		Map<String, String> values = remembered();
		String message = null;
		while (true) {
			final Module asked = modules.create();
			final Optional<Map<String, String>> entered = new ParameterDialog(asked, info, values, message).ask();
			asked.cancel();
			if (entered.isEmpty()) return Optional.empty();
			values = entered.get();
			try {
				return Optional.of(run(values));
			}
			catch (final UnshownResultException e) {
				// Asking again would not help.
				throw e;
			}
			catch (final RuntimeException | OutOfMemoryError e) {
				message = UserMessage.of(e).orElse(null);
				if (message == null) throw e;
			}
		}
	}

	private Module run(final Map<String, String> values) throws Exception {
		final Module module = modules.create();
		for (final Field field : fields)
			module.setInput(field.key(), MacroOptions.value(field.item(), values.get(field.key())));
		// A failed attempt has left its options behind.
		Recorder.resetCommandOptions();
		for (final Field field : fields) {
			remember(field.item(), values.get(field.key()));
			if (Recorder.record) RecordedLine.option(field.key(), values.get(field.key()));
		}
		if (module.getDelegateObject() instanceof final Asking asking) asking.mayAsk();
		module.run();
		return module;
	}

	private Map<String, String> remembered() {
		final Map<String, String> values = new LinkedHashMap<>();
		for (final Field field : fields) {
			final Object last = memory.load(field.item());
			values.put(field.key(), RecordedLine.text(last == null ? field.item().getDefaultValue() : last));
		}
		return values;
	}

	@SuppressWarnings("unchecked")
	private void remember(final ModuleItem<?> item, final String text) {
		memory.save((ModuleItem<Object>) item, MacroOptions.value(item, text));
	}
}
