package io.github.convoluta.command;

import io.github.convoluta.engine.Engine;
import io.github.convoluta.torch.TorchEngine;
import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.Service;

/** Networks are trained and run by libtorch. */
@Plugin(type = Service.class)
public final class TorchEngineService extends AbstractService implements EngineService {

	@Override
	public Engine engine() {
		return new TorchEngine();
	}
}
