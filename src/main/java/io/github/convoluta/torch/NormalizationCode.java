package io.github.convoluta.torch;

import io.github.convoluta.network.NormalizationLayer;

/** Normalisations. */
record NormalizationCode(NormalizationLayer layer) implements LayerCode {

	private static final String EPSILON = "1.0000000000000001e-05", MOMENTUM = "0.10000000000000001, ";

	@Override
	public void write(final NodeCode node) {
		final String x = node.x, name = node.name, scaled = name + "_w, " + name + "_b, ";
		node.line(name + "_m", "self." + name);
		node.line(name + "_w", name + "_m.weight");
		node.line(name + "_b", name + "_m.bias");
		switch (layer.kind()) {
			case BATCH -> {
				node.line(name + "_mean", name + "_m.running_mean");
				node.line(name + "_var", name + "_m.running_var");
				node.result("torch.batch_norm(" + x + ", " + scaled + name + "_mean, " + name + "_var, self.training, " + MOMENTUM +
					EPSILON + ", True)");
			}
			case GROUP -> node.result("torch.group_norm(" + x + ", " + layer.groups() + ", " + scaled + EPSILON + ", True)");
			case INSTANCE -> node.result("torch.instance_norm(" + x + ", " + scaled + "None, None, True, " + MOMENTUM + EPSILON +
				", True)");
		}
	}

	@Override
	public boolean mayBeOverwritten() {
		return layer.kind() != NormalizationLayer.Kind.INSTANCE;
	}

	@Override
	public boolean scalesChannels() {
		return layer.kind() == NormalizationLayer.Kind.BATCH;
	}
}
