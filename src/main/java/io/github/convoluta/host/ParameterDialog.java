package io.github.convoluta.host;

import java.awt.Checkbox;
import java.awt.Color;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Panel;
import java.awt.Rectangle;
import java.awt.ScrollPane;
import java.awt.event.ActionEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import ij.IJ;
import ij.gui.GUI;
import ij.gui.GenericDialog;
import io.github.convoluta.command.Field;
import io.github.convoluta.command.UserCommand;
import io.github.convoluta.image.OpenImages;
import io.github.convoluta.window.ManualWindow;
import io.github.convoluta.window.Placement;
import org.scijava.command.CommandInfo;
import org.scijava.module.Module;

/**
 * The dialog of a command in plain ImageJ: one field a key, greyed out where it has no meaning, a preview where there is
 * something to show it on, and a Help button. Stands beside the active image, and scrolls where the screen is too low.
 */
final class ParameterDialog extends GenericDialog {

	private static final long serialVersionUID = 1;
	private static final Color WARNING = new Color(0xb00000);
	/** The label of ImageJ's own button. */
	private static final String HELP = "Help";
	private static final int LINE_LENGTH = 64;
	/** What borders may take of a part that scrolls, in pixels. */
	private static final int MARGIN = 30;

	private final transient Module module;
	private final transient CommandInfo info;
	private final transient List<FieldRow> rows = new ArrayList<>();
	private transient Checkbox preview;

	/**
	 * @param module gets the values while a preview is shown
	 * @param values what the fields show at first, by key
	 * @param message what is wrong with these values, or null
	 */
	ParameterDialog(final Module module, final CommandInfo info, final Map<String, String> values, final String message) {
		super(info.getLabel());
		this.module = module;
		this.info = info;
		if (message != null) addMessage(wrapped(message), null, WARNING);
		for (final Field field : Field.of(info))
			rows.add(FieldRow.add(this, field, values.get(field.key())));
		if (command().isPreviewable() && OpenImages.activeHasWindow()) {
			addCheckbox("Preview", false);
			preview = (Checkbox) getCheckboxes().lastElement();
		}
		addDialogListener((d, event) -> {
			changed();
			return true;
		});
		addHelp("");
		changed();
	}

	/** Help opens the documentation where it speaks of the command. */
	@Override
	public void actionPerformed(final ActionEvent event) {
		if (HELP.equals(event.getActionCommand())) ManualWindow.show(info.getLabel());
		else super.actionPerformed(event);
	}

	private UserCommand command() {
		return (UserCommand) module.getDelegateObject();
	}

	/** Waits for the person. Empty if the dialog was cancelled, else what was entered, by key. */
	Optional<Map<String, String>> ask() {
		showDialog();
		return wasCanceled() ? Optional.empty() : Optional.of(values());
	}

	private Map<String, String> values() {
		final Map<String, String> values = new LinkedHashMap<>();
		for (final FieldRow row : rows)
			values.put(row.field().key(), row.value());
		return values;
	}

	private void changed() {
		final Map<String, String> values = values();
		for (final FieldRow row : rows)
			row.enable(values);
		if (preview == null) return;
		String problem = "";
		try {
			for (final FieldRow row : rows)
				module.setInput(row.field().key(), MacroOptions.value(row.field().item(), row.value()));
		}
		catch (final IllegalArgumentException e) {
			problem = e.getMessage();
		}
		preview.setEnabled(command().canPreview());
		module.setInput("preview", problem.isEmpty() && preview.isEnabled() && preview.getState());
		module.preview();
		if (preview.getState() && !problem.isEmpty()) IJ.showStatus(problem);
	}

	@Override
	protected void setup() {
		final Rectangle screen = GUI.getMaxWindowBounds(this);
		if (getHeight() > screen.height) scroll(screen.height);
		Placement.put(this, OpenImages.activeWindow());
	}

	/** Puts all but the buttons into a part of the window that scrolls. */
	private void scroll(final int height) {
		final GridBagLayout layout = (GridBagLayout) getLayout();
		final Panel inner = new Panel(new GridBagLayout());
		final Component[] components = getComponents();
		for (int i = 0; i < components.length - 1; i++) {
			final GridBagConstraints c = layout.getConstraints(components[i]);
			remove(components[i]);
			inner.add(components[i], c);
		}
		final ScrollPane pane = new ScrollPane(ScrollPane.SCROLLBARS_AS_NEEDED);
		pane.add(inner);
		final Dimension wanted = inner.getPreferredSize();
		final int surroundings = getHeight() - wanted.height;
		pane.setPreferredSize(new Dimension(wanted.width + pane.getVScrollbarWidth() + MARGIN, height - surroundings - MARGIN));
		pane.getVAdjustable().setUnitIncrement(20);
		final GridBagConstraints c = new GridBagConstraints();
		c.gridwidth = GridBagConstraints.REMAINDER;
		add(pane, c, 0);
		pack();
	}

	private static String wrapped(final String message) {
		final StringBuilder lines = new StringBuilder();
		int length = 0;
		for (final String word : message.split(" ")) {
			if (length > 0 && length + word.length() > LINE_LENGTH) {
				lines.append('\n');
				length = 0;
			}
			else if (length > 0) lines.append(' ');
			lines.append(word);
			length += word.length() + 1;
		}
		return lines.toString();
	}
}
