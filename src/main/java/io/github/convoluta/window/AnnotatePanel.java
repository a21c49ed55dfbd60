package io.github.convoluta.window;

import java.awt.Dimension;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

import javax.swing.AbstractButton;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JScrollPane;
import javax.swing.JSeparator;
import javax.swing.JSlider;
import javax.swing.JTextArea;

import net.miginfocom.swing.MigLayout;

/** What stands in the window for annotating. */
final class AnnotatePanel extends JPanel {

	private static final long serialVersionUID = 1;

	private static final int PERCENT = 100, OPACITY = 40, LINES = 3;
	private static final String FIRST =
		"Draw with ImageJ's tools, then press a. Keys 1 to 9 choose the class. A few strokes of each class are enough.";

	private final ClassTable classes;
	private final JSlider opacity = new JSlider(0, PERCENT, OPACITY);
	private final JProgressBar progress = new JProgressBar(0, PERCENT);
	private final JTextArea message = new JTextArea(FIRST, LINES, 0);
	private final Map<AnnotateAction, AbstractButton> buttons = new EnumMap<>(AnnotateAction.class);

	/**
	 * @param actions all of them
	 * @param renamed gets a class's value and its new name
	 * @param coloured gets the value of a class that wants another colour
	 * @param opacityChanged runs when the slider is moved
	 */
	AnnotatePanel(final Map<AnnotateAction, Runnable> actions, final BiConsumer<Integer, String> renamed,
		final IntConsumer coloured, final Runnable opacityChanged)
	{
		super(new MigLayout("insets 8, fillx, wrap 4, hidemode 3", "[fill,grow][fill,grow][fill,grow][fill,grow]",
			"[fill,grow][][][][][][][][]"));
		classes = new ClassTable(renamed, coloured);
		actions.forEach((action, run) -> buttons.put(action, button(action, run)));
		add(new JScrollPane(classes), "span, grow");
		row(AnnotateAction.ADD_CLASS, AnnotateAction.RENAME, AnnotateAction.COLOUR, AnnotateAction.DELETE_CLASS);
		add(new JSeparator(), "span, growx");
		add(new JLabel("Selection"));
		row(AnnotateAction.ADD, AnnotateAction.ERASE, AnnotateAction.UNDO);
		add(new JLabel("Show"));
		add(buttons.get(AnnotateAction.SHOW), "span 3, split 2");
		add(buttons.get(AnnotateAction.PREDICTION));
		add(new JLabel("Opacity"), "aligny center");
		opacity.setToolTipText("How much the prediction covers the image");
		opacity.setFocusable(false);
		opacity.addChangeListener(event -> opacityChanged.run());
		add(opacity, "span 3, wmin 60, aligny center");
		add(new JSeparator(), "span, growx");
		add(new JLabel("Network"));
		row(AnnotateAction.TRAIN, AnnotateAction.STOP, AnnotateAction.CONTINUE);
		progress.setStringPainted(true);
		progress.setString("");
		add(progress, "span, growx");
		add(buttons.get(AnnotateAction.APPLY), "span, split 3, sizegroup result");
		add(buttons.get(AnnotateAction.SAVE_MODEL), "sizegroup result");
		add(buttons.get(AnnotateAction.SAVE_ROIS), "sizegroup result");
		message.setEditable(false);
		message.setFocusable(false);
		message.setLineWrap(true);
		message.setWrapStyleWord(true);
		message.setOpaque(false);
		message.setFont(new JLabel().getFont());
		message.setMinimumSize(new Dimension(0, message.getPreferredSize().height));
		add(message, "span, growx, wmin 0");
	}

	private static AbstractButton button(final AnnotateAction action, final Runnable run) {
		final AbstractButton button = action == AnnotateAction.SHOW || action == AnnotateAction.PREDICTION ? new JCheckBox(action
			.label(), true) : new JButton(action.label());
		button.setToolTipText(action.help());
		// The keys are the window's, and blanks must not press a button again.
		button.setFocusable(false);
		button.addActionListener(event -> run.run());
		return button;
	}

	private void row(final AnnotateAction... actions) {
		for (final AnnotateAction action : actions)
			add(buttons.get(action));
	}

	ClassTable classes() {
		return classes;
	}

	/** From 0 to 1. */
	double opacity() {
		return (double) opacity.getValue() / PERCENT;
	}

	/** Which of both are shown. */
	void shows(final boolean annotations, final boolean prediction) {
		buttons.get(AnnotateAction.SHOW).setSelected(annotations);
		buttons.get(AnnotateAction.PREDICTION).setSelected(prediction);
	}

	void enable(final AnnotateAction action, final boolean value) {
		buttons.get(action).setEnabled(value);
	}

	/** @param fraction from 0 to 1 */
	void progress(final String text, final double fraction) {
		progress.setValue((int) (PERCENT * fraction));
		progress.setString(text);
	}

	/** One or a few sentences below all. */
	void say(final String text) {
		message.setText(text);
	}
}
