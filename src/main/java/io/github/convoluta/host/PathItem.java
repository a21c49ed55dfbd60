package io.github.convoluta.host;

import java.io.File;

import io.github.convoluta.command.Field;
import org.scijava.module.Module;
import org.scijava.module.ModuleInfo;
import org.scijava.widget.FileWidget;

/** The path of a file or folder, which is a text to the command, with a file chooser. */
final class PathItem extends ShownItem<File> {

	private final String style;

	private PathItem(final ModuleInfo info, final Field field, final String style) {
		super(info, field);
		this.style = style;
	}

	static PathItem of(final ModuleInfo info, final Field field) {
		return new PathItem(info, field, switch (field.kind()) {
			case SAVED_FILE -> FileWidget.SAVE_STYLE;
			case FILE_OR_FOLDER -> FileWidget.FILE_AND_DIRECTORY_STYLE;
			case FOLDER -> FileWidget.DIRECTORY_STYLE;
			default -> FileWidget.OPEN_STYLE;
		});
	}

	@Override
	public Class<File> getType() {
		return File.class;
	}

	@Override
	public String getWidgetStyle() {
		return style;
	}

	@Override
	public File getValue(final Module module) {
		final Object text = module.getInput(getName());
		return text == null || text.toString().isBlank() ? null : new File(text.toString());
	}

	@Override
	public void setValue(final Module module, final File value) {
		module.setInput(getName(), text(value));
	}

	/**
	 * The text that the command gets and that is recorded: with slashes, since backslashes have a meaning of their own in
	 * macros.
	 */
	static String text(final File file) {
		return file == null ? "" : slashed(file.getPath());
	}

	/** A path of this system with slashes. */
	static String slashed(final String path) {
		return path.replace(File.separatorChar, '/');
	}

	/** Without a path the command says what it needs; SciJava would only say that something is missing. */
	@Override
	public boolean isRequired() {
		return false;
	}
}
