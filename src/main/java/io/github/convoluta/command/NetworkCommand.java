package io.github.convoluta.command;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Engine;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.PrecisionChoice;
import io.github.convoluta.engine.Purpose;
import org.scijava.app.StatusService;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/** What commands that run networks have in common: what these compute with. */
abstract class NetworkCommand extends TableCommand {

	@Parameter
	protected StatusService status;

	@Parameter
	private EngineService engines;

	@Parameter(label = "Precision", choices = { "automatic", "fp32", "bf16" },
		description = "numbers that layers compute in; automatic takes 16 bits, for labels and in trainings, where this processor is faster with them")
	private String precision = "automatic";

	@Parameter(label = "Device", attrs = @Attr(name = Field.SUGGESTIONS, value = "cpu|cuda|mps"),
		description = "cpu, cuda, cuda:1 or mps")
	private String device = "cpu";

	/** What trains and runs networks. */
	final Engine engine() {
		return engines.engine();
	}

	/** Where networks compute. */
	final Device device() {
		return Device.parse(device);
	}

	/** What the key {@code precision} asks for. */
	final PrecisionChoice precisionChoice() {
		return PrecisionChoice.parse(precision);
	}

	/** In which numbers networks compute; the engine may be loaded to tell. */
	final Precision precision(final Purpose purpose, final CommandMonitor monitor) {
		final PrecisionChoice choice = precisionChoice();
		final Device where = device();
		return monitor.whileLoading(() -> engine().precision(choice, purpose, where));
	}

	/** Refuses what few machines have, if this one has not. The engine is loaded only if it is asked for such. */
	final void requireDevice(final Purpose purpose, final CommandMonitor monitor) {
		final Device where = device();
		final PrecisionChoice choice = precisionChoice();
		if (where.kind() != Device.Kind.CPU) where.among(monitor.whileLoading(engine()::devices));
		if (choice == PrecisionChoice.BF16) precision(purpose, monitor);
	}
}
