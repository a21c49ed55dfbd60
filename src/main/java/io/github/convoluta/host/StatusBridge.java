package io.github.convoluta.host;

import ij.IJ;
import org.scijava.app.event.StatusEvent;
import org.scijava.event.EventHandler;

/** Shows SciJava's status messages and progress in plain ImageJ's status bar. */
public final class StatusBridge {

	/** Called by SciJava's event service, on the event thread. */
	@EventHandler
	public void onStatus(final StatusEvent event) {
		if (event.getStatusMessage() != null) IJ.showStatus(event.getStatusMessage());
		if (event.getProgressMaximum() > 0) IJ.showProgress((double) event.getProgressValue() / event.getProgressMaximum());
	}
}
