package io.github.convoluta.window;

import java.awt.event.KeyEvent;
import java.util.List;

/** What can be done in the window for annotating: the words on its button, what that does, and keys that do the same. */
enum AnnotateAction {

	ADD_CLASS("New class", "Adds a class; type its name"), RENAME("Rename", "Gives the chosen class another name"), COLOUR(
		"Colour...", "Gives the chosen class another colour"), DELETE_CLASS("Delete",
			"Takes away the chosen class and all that was drawn of it"),

	ADD("Add (a)", "Makes the selection a region of the chosen class", KeyEvent.VK_A), ERASE("Erase (e)",
		"Takes the pixels under the selection away from all regions", KeyEvent.VK_E, KeyEvent.VK_BACK_SPACE, KeyEvent.VK_DELETE),
	UNDO("Undo (z)", "Takes the last change back", KeyEvent.VK_Z),

	SHOW("Annotations (h)", "Shows or hides what was drawn", KeyEvent.VK_H), PREDICTION("Prediction (p)",
		"Shows what the network says of the part that is seen", KeyEvent.VK_P),

	TRAIN("Train", "Trains a network on what was drawn, from the beginning"), STOP("Stop",
		"Ends the training; what was learnt stays"), CONTINUE("Continue", "Goes on with what was learnt, on what is drawn now"),

	APPLY("Apply", "Labels the whole image, in a window of its own"), SAVE_MODEL("Save model...",
		"Writes the trained model to a file"), SAVE_ROIS("Save ROIs...",
			"Writes what was drawn as a set of regions, which the ROI Manager opens");

	private final String label, help;
	private final List<Integer> keys;

	AnnotateAction(final String label, final String help, final Integer... keys) {
		this.label = label;
		this.help = help;
		this.keys = List.of(keys);
	}

	String label() {
		return label;
	}

	String help() {
		return help;
	}

	/** Key codes. */
	List<Integer> keys() {
		return keys;
	}
}
