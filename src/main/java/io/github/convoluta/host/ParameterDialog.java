package io.github.convoluta.host;

import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.TextField;
import java.util.ArrayList;
import java.util.List;

import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;
import io.github.convoluta.command.CommandHelp;
import org.scijava.command.Previewable;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.util.ClassUtils;
import org.scijava.widget.TextWidget;

/**
 * The dialog of a command in plain ImageJ: one field a parameter, a preview where the command has one, and a Help
 * button. Remembers what was chosen, and records every key.
 */
final class ParameterDialog {

	private final Module module;
	private final List<ModuleItem<?>> items = new ArrayList<>();
	private final GenericDialog dialog;
	private boolean hasPreview;

	ParameterDialog(final Module module) {
		this.module = module;
		dialog = new GenericDialog(module.getInfo().getLabel());
		for (final ModuleItem<?> item : module.getInfo().inputs()) {
			if (CommandHelp.isKey(item)) add(item);
			else if (item.getName().equals("preview") && module.getDelegateObject() instanceof Previewable) hasPreview = true;
		}
		if (hasPreview) {
			dialog.addCheckbox("Preview", false);
			dialog.addDialogListener((d, event) -> {
				read();
				module.preview();
				return true;
			});
		}
		dialog.addHelp(CommandHelp.html(module.getDelegateObject().getClass().asSubclass(org.scijava.command.Command.class)));
	}

	private void add(final ModuleItem<?> item) {
		items.add(item);
		final Class<?> type = ClassUtils.getNonprimitiveType(item.getType());
		final Object remembered = item.isPersisted() ? item.loadValue() : null;
		final Object value = remembered == null ? item.getValue(module) : remembered;
		final String label = item.getLabel();
		if (type == Boolean.class) dialog.addCheckbox(label, Boolean.TRUE.equals(value));
		else if (item.getChoices() != null && !item.getChoices().isEmpty()) dialog.addChoice(label, item.getChoices().stream()
			.map(Object::toString).toArray(String[]::new), String.valueOf(value));
		else if (TextWidget.AREA_STYLE.equals(item.getWidgetStyle())) {
			dialog.addMessage(label + ":");
			dialog.addTextAreas(String.valueOf(value).replaceAll("\\s*;\\s*", "\n"), null, 7, 45);
		}
		else if (Number.class.isAssignableFrom(type)) dialog.addNumericField(label, ((Number) value).doubleValue(), type ==
			Integer.class ? 0 : 3);
		else dialog.addStringField(label, String.valueOf(value), 20);
	}


	/** Shows the dialog and waits; afterwards the module's inputs are set. False if it was cancelled. */
	boolean show() {
		dialog.showDialog();
		if (dialog.wasCanceled()) return false;
		read();
		for (final ModuleItem<?> item : items) {
			remember(item);
			Recorder.recordOption(item.getName(), text(module.getInput(item.getName())));
		}
		return true;
	}

	@SuppressWarnings("unchecked")
	private void remember(final ModuleItem<?> item) {
		if (item.isPersisted()) ((ModuleItem<Object>) item).saveValue(module.getInput(item.getName()));
	}

	/** One line: macros can't hold line breaks in options. */
	private static String text(final Object value) {
		if (value instanceof final Double d && d == Math.rint(d) && Math.abs(d) < 1e15) return Long.toString(d.longValue());
		return String.valueOf(value).strip().replaceAll("\\R\\s*\\R", ";;").replaceAll("\\s*\\R\\s*", "; ");
	}

	/** A value as it stands in a recorded line. */
	static String quoted(final String value) {
		return value.isEmpty() || value.startsWith("[") || value.chars().anyMatch(Character::isWhitespace) ? "[" + value + "]"
			: value;
	}

	/** Copies the fields to the module. */
	private void read() {
		int texts = 0, choices = 0, numbers = 0, boxes = 0;
		for (final ModuleItem<?> item : items) {
			final Class<?> type = ClassUtils.getNonprimitiveType(item.getType());
			final Object value;
			if (type == Boolean.class) value = ((Checkbox) dialog.getCheckboxes().get(boxes++)).getState();
			else if (item.getChoices() != null && !item.getChoices().isEmpty()) value = ((Choice) dialog.getChoices().get(
				choices++)).getSelectedItem();
			else if (TextWidget.AREA_STYLE.equals(item.getWidgetStyle())) value = dialog.getTextArea1().getText();
			else if (Number.class.isAssignableFrom(type)) value = number(item, type, (TextField) dialog.getNumericFields().get(
				numbers++));
			else value = ((TextField) dialog.getStringFields().get(texts++)).getText();
			module.setInput(item.getName(), value);
		}
		if (hasPreview) module.setInput("preview", ((Checkbox) dialog.getCheckboxes().get(boxes)).getState());
	}

	private static Object number(final ModuleItem<?> item, final Class<?> type, final TextField field) {
		final double value = ij.util.Tools.parseDouble(field.getText().strip());
		if (type == Integer.class) {
			if (value != Math.rint(value)) throw new IllegalArgumentException(item.getLabel() + " must be a whole number, but \"" +
				field.getText() + "\" was given.");
			return (int) value;
		}
		return value;
	}
}
