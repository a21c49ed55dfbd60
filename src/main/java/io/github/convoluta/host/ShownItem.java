package io.github.convoluta.host;

import io.github.convoluta.command.Field;
import org.scijava.module.AbstractModuleItem;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleItem;

/** A parameter that Fiji's dialog shows in another way than SciJava would; name and meaning are the parameter's own. */
abstract class ShownItem<T> extends AbstractModuleItem<T> {

	private final ModuleItem<?> item;

	ShownItem(final ModuleInfo info, final Field field) {
		super(info);
		item = field.item();
	}

	@Override
	public String getName() {
		return item.getName();
	}

	@Override
	public String getLabel() {
		return item.getLabel();
	}

	@Override
	public String getDescription() {
		return item.getDescription();
	}

	@Override
	public boolean isRequired() {
		return item.isRequired();
	}

	@Override
	public boolean isPersisted() {
		return item.isPersisted();
	}

	@Override
	public String getPersistKey() {
		return item.getPersistKey();
	}
}
