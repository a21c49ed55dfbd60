package io.github.convoluta.window;

import java.awt.Color;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

import javax.swing.JTable;
import javax.swing.ListSelectionModel;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.text.JTextComponent;

import io.github.convoluta.image.RoiClasses.RoiClass;

/** The list of classes: the key that chooses each, its colour, its name, which can be edited, and its number of pixels. */
final class ClassTable extends JTable {

	private static final long serialVersionUID = 1;

	private static final int NUMBER = 0, COLOUR = 1, NAME = 2, PIXELS = 3, ROWS = 6;
	private static final String[] HEADINGS = { "Key", "", "Class", "Pixels" };
	private static final int[] WIDTHS = { 34, 24, 130, 80 };

	private final transient Rows rows;

	/** The rows as they are. */
	private static final class Rows extends AbstractTableModel {

		private static final long serialVersionUID = 1;

		private final transient BiConsumer<Integer, String> renamed;
		private transient List<RoiClass> classes = List.of();
		private long[] counts = {};

		Rows(final BiConsumer<Integer, String> renamed) {
			this.renamed = renamed;
		}

		@Override
		public int getRowCount() {
			return classes.size();
		}

		@Override
		public int getColumnCount() {
			return HEADINGS.length;
		}

		@Override
		public String getColumnName(final int column) {
			return HEADINGS[column];
		}

		@Override
		public boolean isCellEditable(final int row, final int column) {
			return column == NAME;
		}

		@Override
		public Object getValueAt(final int row, final int column) {
			final RoiClass of = classes.get(row);
			return switch (column) {
				case NUMBER -> of.value();
				case COLOUR -> of.colour();
				case NAME -> of.name();
				default -> row < counts.length ? counts[row] : "";
			};
		}

		@Override
		public void setValueAt(final Object value, final int row, final int column) {
			if (row < classes.size() && !value.equals(classes.get(row).name())) renamed.accept(classes.get(row).value(), value
				.toString());
		}
	}

	/** A square of a colour, whether its row is chosen or not. */
	private static final class Swatch extends DefaultTableCellRenderer {

		private static final long serialVersionUID = 1;

		@Override
		public Component getTableCellRendererComponent(final JTable table, final Object value, final boolean isSelected,
			final boolean hasFocus, final int row, final int column)
		{
			super.getTableCellRendererComponent(table, "", false, false, row, column);
			setBackground((Color) value);
			return this;
		}
	}

	/** Whole numbers, on the right. */
	private static final class Numbers extends DefaultTableCellRenderer {

		private static final long serialVersionUID = 1;

		Numbers() {
			setHorizontalAlignment(RIGHT);
		}
	}

	/**
	 * @param renamed gets a class's value and the name that a person has given it
	 * @param coloured gets the value of a class whose colour was double-clicked
	 */
	ClassTable(final BiConsumer<Integer, String> renamed, final IntConsumer coloured) {
		rows = new Rows(renamed);
		setModel(rows);
		setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
		getTableHeader().setReorderingAllowed(false);
		// Letters and digits are keys of the window.
		putClientProperty("JTable.autoStartsEdit", false);
		putClientProperty("terminateEditOnFocusLost", true);
		setRowHeight(Math.max(getRowHeight(), getFontMetrics(getFont()).getHeight() + 6));
		for (int c = 0; c < WIDTHS.length; c++)
			getColumnModel().getColumn(c).setPreferredWidth(WIDTHS[c]);
		getColumnModel().getColumn(NUMBER).setMaxWidth(WIDTHS[NUMBER]);
		getColumnModel().getColumn(COLOUR).setMaxWidth(WIDTHS[COLOUR]);
		getColumnModel().getColumn(NUMBER).setCellRenderer(new Numbers());
		getColumnModel().getColumn(COLOUR).setCellRenderer(new Swatch());
		getColumnModel().getColumn(PIXELS).setCellRenderer(new Numbers());
		setPreferredScrollableViewportSize(new Dimension(WIDTHS[0] + WIDTHS[1] + WIDTHS[2] + WIDTHS[3], ROWS * getRowHeight()));
		addMouseListener(new MouseAdapter() {

			@Override
			public void mouseClicked(final MouseEvent event) {
				final int row = rowAtPoint(event.getPoint());
				if (event.getClickCount() == 2 && columnAtPoint(event.getPoint()) == COLOUR && row >= 0) coloured.accept(rows.classes
					.get(row).value());
			}
		});
	}

	/** Shows other classes; the chosen one stays so, if it is still there. */
	void show(final List<RoiClass> classes) {
		if (rows.classes.equals(classes)) return;
		final int value = chosen();
		rows.classes = List.copyOf(classes);
		rows.fireTableDataChanged();
		choose(value);
		if (chosen() == 0 && !classes.isEmpty()) setRowSelectionInterval(0, 0);
	}

	/** Lets a person type another name of the chosen class. */
	void editName() {
		final int row = getSelectedRow();
		if (row < 0 || !editCellAt(row, NAME)) return;
		final Component editor = getEditorComponent();
		editor.requestFocusInWindow();
		if (editor instanceof final JTextComponent text) text.selectAll();
	}

	/** Numbers of pixels, in the order of the classes. */
	void counts(final long... counts) {
		rows.counts = counts.clone();
		repaint();
	}

	/** The value of the chosen class; 0 for none. */
	int chosen() {
		final int row = getSelectedRow();
		return row < 0 || row >= rows.classes.size() ? 0 : rows.classes.get(row).value();
	}

	/** Chooses the class with this value; whether there is one. */
	boolean choose(final int value) {
		for (int row = 0; row < rows.classes.size(); row++)
			if (rows.classes.get(row).value() == value) {
				setRowSelectionInterval(row, row);
				scrollRectToVisible(getCellRect(row, 0, true));
				return true;
			}
		return false;
	}
}
