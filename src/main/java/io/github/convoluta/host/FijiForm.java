package io.github.convoluta.host;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import ij.ImagePlus;
import ij.WindowManager;
import io.github.convoluta.command.Asking;
import io.github.convoluta.command.CommandHelp;
import io.github.convoluta.command.Field;
import io.github.convoluta.command.UserCommand;
import io.github.convoluta.image.OpenImages;
import org.scijava.InstantiableException;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandModuleItem;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Plugin;

/**
 * A command as Fiji's dialog is to show it: SciJava would put the fields of superclasses first, and paths are texts to
 * it. Here fields are in the order that people need, paths have file choosers, image fields list the open images, a button
 * lists what else a text may be, and Help stands at the end. Keys and values are those of the command.
 */
final class FijiForm extends CommandInfo {

	private final List<ModuleItem<?>> items = new ArrayList<>();

	FijiForm(final Class<? extends Command> type) {
		super(type, type.getAnnotation(Plugin.class));
		final List<ModuleItem<?>> last = new ArrayList<>();
		for (final ModuleItem<?> item : super.inputs()) {
			if (CommandHelp.isForDialog(item)) {
				if (isPreviewable() && OpenImages.activeHasWindow()) last.add(item);
			}
			else if (!CommandHelp.isKey(item)) items.add(item);
		}
		for (final Field field : Field.of(CommandHelp.info(type))) {
			items.add(shown(field));
			final List<String> choices = choices(field);
			if (!choices.isEmpty()) items.add(new ChoicesItem(this, field, choices));
		}
		items.addAll(last);
		items.add(new HelpItem(this, type));
	}

	private boolean isPreviewable() {
		try {
			return createInstance() instanceof final UserCommand command && command.isPreviewable();
		}
		catch (final InstantiableException e) {
			throw new IllegalStateException(e);
		}
	}

	private ModuleItem<?> shown(final Field field) {
		if (field.kind().isPath()) return PathItem.of(this, field);
		if (field.kind() != Field.Kind.IMAGE) return field.item();
		final List<String> titles = otherImages();
		return titles.isEmpty() || !field.suggestions().isEmpty() ? PathItem.of(this, field) : new ChoiceItem(this, field,
			titles);
	}

	/** What could be entered where a field has no list of it: suggestions, and images that are open; paths can be entered too. */
	private static List<String> choices(final Field field) {
		if (field.suggestions().isEmpty() || field.takes().isEmpty()) return List.of();
		final List<String> choices = new ArrayList<>(field.takes().contains(Field.Source.IMAGE) ? otherImages() : List.of());
		choices.addAll(field.suggestions());
		return choices;
	}

	private static List<String> otherImages() {
		final ImagePlus active = WindowManager.getCurrentImage();
		return OpenImages.all().stream().filter(i -> i != active).map(ImagePlus::getTitle).distinct().toList();
	}

	@Override
	public Iterable<ModuleItem<?>> inputs() {
		return Collections.unmodifiableList(items);
	}

	@Override
	public Module createModule() throws ModuleException {
		return new FormModule(this);
	}

	/** Leaves it to the adapter to tell the reason, under the command's name; SciJava would do it under its own. */
	private static final class FormModule extends CommandModule {

		FormModule(final CommandInfo info) throws ModuleException {
			super(info);
			if (getDelegateObject() instanceof final Asking asking) asking.mayAsk();
		}

		@Override
		public String getCancelReason() {
			return null;
		}

		/** SciJava hands over what its widgets hold. */
		@Override
		public void setInput(final String name, final Object value) {
			final CommandModuleItem<?> item = getInfo().getInput(name);
			final boolean isText = item != null && item.getType() == String.class;
			super.setInput(name, isText && value == null ? "" : value instanceof final File f && isText ? PathItem.text(f)
				: value);
		}
	}
}
