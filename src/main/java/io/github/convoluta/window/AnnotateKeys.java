package io.github.convoluta.window;

import java.awt.Component;
import java.awt.KeyEventDispatcher;
import java.awt.KeyboardFocusManager;
import java.awt.Window;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.util.Map;
import java.util.function.IntConsumer;

import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.TextRoi;

/**
 * Keys that work while a window, the image or ImageJ's tool bar has the focus, before ImageJ sees them; not while a text
 * is edited.
 */
final class AnnotateKeys implements KeyEventDispatcher {

	private final Window window;
	private final ImagePlus image;
	private final IntConsumer digits;
	private final Map<Integer, Runnable> actions;

	/**
	 * @param digits gets 1 to 9
	 * @param actions by key codes
	 */
	AnnotateKeys(final Window window, final ImagePlus image, final IntConsumer digits, final Map<Integer, Runnable> actions) {
		this.window = window;
		this.image = image;
		this.digits = digits;
		this.actions = Map.copyOf(actions);
	}

	void install() {
		KeyboardFocusManager.getCurrentKeyboardFocusManager().addKeyEventDispatcher(this);
	}

	void remove() {
		KeyboardFocusManager.getCurrentKeyboardFocusManager().removeKeyEventDispatcher(this);
	}

	@Override
	public boolean dispatchKeyEvent(final KeyEvent event) {
		if (event.getID() != KeyEvent.KEY_PRESSED || !isOurs(event.getComponent())) return false;
		final int modifiers = event.getModifiersEx() & (InputEvent.CTRL_DOWN_MASK | InputEvent.META_DOWN_MASK |
			InputEvent.ALT_DOWN_MASK | InputEvent.SHIFT_DOWN_MASK);
		final int code = event.getKeyCode();
		final boolean isUndo = code == KeyEvent.VK_Z && (modifiers == InputEvent.CTRL_DOWN_MASK ||
			modifiers == InputEvent.META_DOWN_MASK);
		if (modifiers != 0 && !isUndo) return false;
		final int digit = digit(code);
		if (digit > 0) digits.accept(digit);
		else if (actions.containsKey(code)) actions.get(code).run();
		else return false;
		event.consume();
		return true;
	}

	/** 1 to 9 of either block of digits, otherwise 0. */
	private static int digit(final int code) {
		if (code >= KeyEvent.VK_1 && code <= KeyEvent.VK_9) return code - KeyEvent.VK_0;
		return code >= KeyEvent.VK_NUMPAD1 && code <= KeyEvent.VK_NUMPAD9 ? code - KeyEvent.VK_NUMPAD0 : 0;
	}

	private boolean isOurs(final Component component) {
		if (component == null || component instanceof JTextComponent) return false;
		final Window focused = component instanceof final Window w ? w : SwingUtilities.getWindowAncestor(component);
		if (focused == window) return true;
		final boolean isImage = focused == image.getWindow() || focused == IJ.getInstance() && WindowManager
			.getCurrentImage() == image;
		return focused != null && isImage && !(image.getRoi() instanceof TextRoi);
	}
}
