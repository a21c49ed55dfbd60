package io.github.convoluta.host;

import java.awt.Component;
import java.awt.TextComponent;
import java.io.File;

import javax.swing.JFileChooser;

import ij.io.OpenDialog;
import io.github.convoluta.command.Field;

/** The window in which a file or folder is looked for; unlike ImageJ's own it records nothing. */
final class PathChooser {

	private PathChooser() {}

	/** Asks, and puts the path into the text. */
	static void choose(final Component parent, final Field field, final TextComponent text) {
		final JFileChooser chooser = new JFileChooser(OpenDialog.getDefaultDirectory());
		chooser.setDialogTitle("Choose " + field.item().getLabel());
		chooser.setFileSelectionMode(switch (field.kind()) {
			case FILE_OR_FOLDER -> JFileChooser.FILES_AND_DIRECTORIES;
			case FOLDER -> JFileChooser.DIRECTORIES_ONLY;
			default -> JFileChooser.FILES_ONLY;
		});
		final String present = text.getText().strip();
		if (new File(present).isAbsolute()) chooser.setSelectedFile(new File(present));
		final int answer = field.kind() == Field.Kind.SAVED_FILE ? chooser.showSaveDialog(parent) : chooser.showOpenDialog(
			parent);
		final File file = chooser.getSelectedFile();
		if (answer != JFileChooser.APPROVE_OPTION || file == null) return;
		text.setText(PathItem.slashed(file.getPath()));
		OpenDialog.setDefaultDirectory(file.getParent());
	}
}
