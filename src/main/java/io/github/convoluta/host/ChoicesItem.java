package io.github.convoluta.host;

import java.util.List;
import java.util.function.Function;

import javax.swing.JOptionPane;

import io.github.convoluta.command.Field;
import org.scijava.module.AbstractModuleItem;
import org.scijava.module.Module;
import org.scijava.module.ModuleInfo;
import org.scijava.widget.Button;

/**
 * The button under a text in Fiji's dialog that lists what could be entered there. It is no input of the command: scripts
 * need not give it, and it is not recorded.
 */
final class ChoicesItem extends AbstractModuleItem<Button> {

	private final Field field;
	private final List<String> choices;
	private final Function<ChoicesItem, Object> person;

	/** Asks in a window. */
	ChoicesItem(final ModuleInfo info, final Field field, final List<String> choices) {
		this(info, field, choices, item -> JOptionPane.showInputDialog(null, item.field.item().getLabel() + ":", item.getLabel(),
			JOptionPane.PLAIN_MESSAGE, null, item.choices.toArray(), item.choices.get(0)));
	}

	/** @param person chooses, or gives null */
	ChoicesItem(final ModuleInfo info, final Field field, final List<String> choices,
		final Function<ChoicesItem, Object> person)
	{
		super(info);
		this.field = field;
		this.choices = List.copyOf(choices);
		this.person = person;
	}

	/** What can be chosen. */
	List<String> choices() {
		return choices;
	}

	@Override
	public String getName() {
		return field.key() + " choices";
	}

	@Override
	public String getLabel() {
		return "Choose " + field.item().getLabel() + "...";
	}

	@Override
	public String getDescription() {
		return "lists what can be entered: " + field.item().getDescription();
	}

	@Override
	public Class<Button> getType() {
		return Button.class;
	}

	@Override
	public boolean isRequired() {
		return false;
	}

	@Override
	public boolean isPersisted() {
		return false;
	}

	@Override
	public Button getValue(final Module module) {
		return null;
	}

	@Override
	public void setValue(final Module module, final Button value) {
		// A button holds nothing.
	}

	/** The dialog shows the text anew when this has returned. */
	@Override
	public void callback(final Module module) {
		final Object chosen = person.apply(this);
		if (chosen != null) module.setInput(field.key(), chosen);
	}
}
