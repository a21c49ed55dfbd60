package io.github.convoluta.host;

import java.util.ArrayList;
import java.util.List;

import io.github.convoluta.command.Field;
import org.scijava.module.ModuleInfo;
import org.scijava.widget.ChoiceWidget;

/** A text with values to choose from, such as the titles of open images. */
final class ChoiceItem extends ShownItem<String> {

	private final List<String> choices;

	ChoiceItem(final ModuleInfo info, final Field field, final List<String> choices) {
		super(info, field);
		this.choices = List.copyOf(choices);
	}

	@Override
	public Class<String> getType() {
		return String.class;
	}

	@Override
	public String getWidgetStyle() {
		return ChoiceWidget.LIST_BOX_STYLE;
	}

	@Override
	public List<String> getChoices() {
		return new ArrayList<>(choices);
	}
}
