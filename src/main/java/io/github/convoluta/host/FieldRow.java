package io.github.convoluta.host;

import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.Container;
import java.awt.FlowLayout;
import java.awt.GridBagLayout;
import java.awt.Label;
import java.awt.MenuItem;
import java.awt.Panel;
import java.awt.PopupMenu;
import java.awt.TextArea;
import java.awt.TextComponent;
import java.awt.TextField;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import io.github.convoluta.command.Field;
import io.github.convoluta.image.OpenImages;

/** A field of a command in ImageJ's own dialog, with its unit, its file chooser, and a menu of what could be entered. */
final class FieldRow {

	private static final int TEXT_COLUMNS = 22, NUMBER_COLUMNS = 8, LINES = 6, LINE_COLUMNS = 42;

	private final Field field;
	private final Component input;
	private final List<Component> all;

	private FieldRow(final Field field, final Component input, final List<Component> all) {
		this.field = field;
		this.input = input;
		this.all = all;
	}

	/** Adds the field to the end of a dialog. */
	static FieldRow add(final GenericDialog dialog, final Field field, final String value) {
		final int before = dialog.getComponentCount();
		final String label = field.item().getLabel();
		final Component input = switch (field.kind()) {
			case FLAG -> {
				dialog.addCheckbox(label, Boolean.parseBoolean(value));
				yield (Checkbox) dialog.getCheckboxes().lastElement();
			}
			case CHOICE -> {
				dialog.addChoice(label, field.item().getChoices().stream().map(Object::toString).toArray(String[]::new), value);
				yield (Choice) dialog.getChoices().lastElement();
			}
			case NUMBER -> {
				dialog.addNumericField(label, 0, 0, NUMBER_COLUMNS, field.unit());
				final TextField text = (TextField) dialog.getNumericFields().lastElement();
				text.setText(value);
				yield text;
			}
			case LINES -> {
				dialog.addMessage(label + ":");
				dialog.addTextAreas(value.replaceAll("\\s*;\\s*", "\n"), null, LINES, LINE_COLUMNS);
				extras(dialog, field, dialog.getTextArea1());
				yield dialog.getTextArea1();
			}
			default -> {
				dialog.addStringField(label, value, TEXT_COLUMNS);
				final TextField text = (TextField) dialog.getStringFields().lastElement();
				extras(dialog, field, text);
				yield text;
			}
		};
		return new FieldRow(field, input, Arrays.asList(dialog.getComponents()).subList(before, dialog.getComponentCount()));
	}

	/** Puts what helps to fill in a text beside it. */
	private static void extras(final GenericDialog dialog, final Field field, final TextComponent text) {
		final Panel panel = new Panel(new FlowLayout(FlowLayout.LEFT, 2, 0));
		if (!field.unit().isEmpty()) panel.add(new Label(field.unit()));
		if (!field.suggestions().isEmpty()) panel.add(menu(text, "Choose", field.suggestions()));
		final List<String> titles = field.takes().contains(Field.Source.IMAGE) ? titles() : List.of();
		if (!titles.isEmpty()) panel.add(menu(text, "Open images", titles));
		if (field.takes().contains(Field.Source.FILE)) {
			final Button browse = new Button("Browse");
			browse.addActionListener(e -> PathChooser.choose(dialog, field, text));
			panel.add(browse);
		}
		if (panel.getComponentCount() == 0) return;
		if (text instanceof TextArea) {
			dialog.addPanel(panel);
			return;
		}
		final GridBagLayout layout = (GridBagLayout) dialog.getLayout();
		layout.setConstraints(panel, layout.getConstraints(text));
		dialog.remove(text);
		panel.add(text, 0);
		dialog.add(panel);
	}

	private static List<String> titles() {
		final ImagePlus active = WindowManager.getCurrentImage();
		return OpenImages.all().stream().filter(i -> i != active).map(ImagePlus::getTitle).distinct().toList();
	}

	private static Button menu(final TextComponent text, final String label, final List<String> entries) {
		final Button button = new Button(label);
		final PopupMenu popup = new PopupMenu();
		for (final String entry : entries) {
			final MenuItem item = new MenuItem(entry);
			item.addActionListener(e -> text.setText(entry));
			popup.add(item);
		}
		button.add(popup);
		button.addActionListener(e -> popup.show(button, 0, button.getHeight()));
		return button;
	}

	Field field() {
		return field;
	}

	/** What is entered, as a macro would give it: on one line, paths with slashes. */
	String value() {
		if (input instanceof final Checkbox box) return Boolean.toString(box.getState());
		if (input instanceof final Choice choice) return choice.getSelectedItem();
		final String text = ((TextComponent) input).getText().strip();
		if (text.lines().count() > 1) return text.replaceAll("\\R\\s*\\R", ";;").replaceAll("\\s*\\R\\s*", "; ");
		final boolean isPath = field.takes().contains(Field.Source.FILE) && !titles().contains(text);
		return isPath ? PathItem.slashed(text) : text;
	}

	/** Greys the field out where it has no meaning. */
	void enable(final Map<String, String> values) {
		final boolean enabled = field.applies(values);
		for (final Component c : all)
			enable(c, enabled);
	}

	private static void enable(final Component component, final boolean enabled) {
		if (component.isEnabled() != enabled) component.setEnabled(enabled);
		if (component instanceof final Container container) for (final Component inner : container.getComponents())
			enable(inner, enabled);
	}
}
