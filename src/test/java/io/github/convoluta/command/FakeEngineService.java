package io.github.convoluta.command;

import io.github.convoluta.engine.Engine;
import io.github.convoluta.engine.FakeEngine;
import org.scijava.service.AbstractService;

/** Has commands compute with the fake engine, in contexts that are made with it. */
public final class FakeEngineService extends AbstractService implements EngineService {

	@Override
	public Engine engine() {
		return new FakeEngine();
	}
}
