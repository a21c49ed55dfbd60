package io.github.convoluta.command;

import io.github.convoluta.engine.Engine;
import org.scijava.service.Service;

/** Says what commands train and run networks with. */
public interface EngineService extends Service {

	/** The engine. Asking for it loads nothing. */
	Engine engine();
}
