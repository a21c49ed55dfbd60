package io.github.convoluta.engine;

import java.util.List;

import io.github.convoluta.network.Network;

/** Another engine, of which tests change something. */
public class DelegatingEngine implements Engine {

	private final Engine engine;

	protected DelegatingEngine(final Engine engine) {
		this.engine = engine;
	}

	@Override
	public String name() {
		return engine.name();
	}

	@Override
	public List<String> information() {
		return engine.information();
	}

	@Override
	public List<Device> devices() {
		return engine.devices();
	}

	@Override
	public Precision precision(final PrecisionChoice choice, final Purpose purpose, final Device device) {
		return engine.precision(choice, purpose, device);
	}

	@Override
	public Capabilities capabilities() {
		return engine.capabilities();
	}

	@Override
	public Inference load(final Network network, final Weights weights, final Precision precision, final Device device) {
		return engine.load(network, weights, precision, device);
	}

	@Override
	public Inference loadAsWritten(final Network network, final Weights weights) {
		return engine.loadAsWritten(network, weights);
	}

	@Override
	public Trainer train(final Network network, final Weights weights, final OptimizerState state,
		final TrainingMethod method)
	{
		return engine.train(network, weights, state, method);
	}

	@Override
	public Differentiator differentiate(final Network network, final Weights weights, final Device device) {
		return engine.differentiate(network, weights, device);
	}

	@Override
	public WeightsArchive archive() {
		return engine.archive();
	}
}
