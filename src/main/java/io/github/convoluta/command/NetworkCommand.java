package io.github.convoluta.command;

import org.scijava.app.StatusService;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/** What commands that run networks have in common: what these compute with. */
abstract class NetworkCommand extends TableCommand {

	@Parameter
	protected StatusService status;

	@Parameter(label = "Precision", choices = { "automatic", "fp32", "bf16" },
		description = "numbers that layers compute in; automatic takes 16 bits, for labels and in trainings, where this processor is faster with them")
	protected String precision = "automatic";

	@Parameter(label = "Device", attrs = @Attr(name = Field.SUGGESTIONS, value = "cpu|cuda|mps"), description = "cpu, cuda, cuda:1 or mps")
	protected String device = "cpu";
}
