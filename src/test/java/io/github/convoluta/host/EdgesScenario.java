package io.github.convoluta.host;

import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Label;
import java.awt.TextField;
import java.awt.event.ItemEvent;
import java.util.Arrays;
import java.util.Map;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;

/** What is special of dialogs, by the example of one that has all: the preview, grey fields, and how mistakes are told. */
final class EdgesScenario {

	private static final String EDGES = "Edges n-D...";

	private final Desk desk;

	EdgesScenario(final Desk desk) {
		this.desk = desk;
	}

	/** Ticks the preview: the result must show on the image, which itself must stay as it is. */
	String preview() throws Exception {
		final ImagePlus opened = desk.open("membranes.tif");
		desk.choose(EDGES, dialog -> {
			final ImagePlus image = WindowManager.getCurrentImage();
			final Object before = image.getProcessor().getPixelsCopy();
			final Checkbox box = (Checkbox) dialog.getCheckboxes().lastElement();
			box.setState(true);
			dialog.itemStateChanged(new ItemEvent(box, ItemEvent.ITEM_STATE_CHANGED, box, ItemEvent.SELECTED));
			for (int i = 0; i < 50 && image.getOverlay() == null; i++)
				Thread.sleep(100);
			Thread.sleep(300);
			desk.screenshot("preview");
			if (image.getOverlay() == null) throw new IllegalStateException("no preview appeared");
			box.setState(false);
			dialog.itemStateChanged(new ItemEvent(box, ItemEvent.ITEM_STATE_CHANGED, box, ItemEvent.DESELECTED));
			if (image.getOverlay() != null) throw new IllegalStateException("the preview stayed");
			if (!Arrays.equals((byte[]) before, (byte[]) image.getProcessor().getPixels())) throw new IllegalStateException(
				"the preview changed the image");
			desk.fillAndPressOk(dialog, Map.of());
		});
		Desk.result(opened);
		Desk.closeAll();
		return "ok preview";
	}

	/** A mistake leaves the dialog there with all that was typed; fields without a meaning are grey. */
	String mistake() throws Exception {
		final ImagePlus image = desk.open("cells.tif");
		desk.choose(EDGES, first -> {
			final TextField sigma = (TextField) first.getNumericFields().get(0);
			final Choice operator = (Choice) first.getChoices().get(0);
			if (sigma.isEnabled() != operator.getSelectedItem().matches("gaussian|log|canny")) throw new IllegalStateException(
				"sigma with " + operator.getSelectedItem());
			select(first, operator, "sobel");
			if (sigma.isEnabled()) throw new IllegalStateException("sigma is not grey");
			select(first, operator, "canny");
			if (!sigma.isEnabled()) throw new IllegalStateException("sigma is grey");
			sigma.setText("1,5");
			Desk.press(first, "OK");
			final GenericDialog second = Desk.dialog(EDGES, first);
			desk.screenshot("mistake");
			final TextField again = (TextField) second.getNumericFields().get(0);
			if (!again.getText().equals("1,5") || !((Choice) second.getChoices().get(0)).getSelectedItem().equals("canny"))
				throw new IllegalStateException("what was typed is gone: " + again.getText());
			if (!((Label) second.getMessage()).getText().contains("sigma=1,5 is not a number")) throw new IllegalStateException(
				((Label) second.getMessage()).getText());
			again.setText("1.5");
			Desk.press(second, "OK");
		});
		Desk.result(image);
		Desk.closeAll();
		return "ok mistake";
	}

	private static void select(final GenericDialog dialog, final Choice choice, final String value) {
		choice.select(value);
		dialog.itemStateChanged(new ItemEvent(choice, ItemEvent.ITEM_STATE_CHANGED, value, ItemEvent.SELECTED));
	}
}
