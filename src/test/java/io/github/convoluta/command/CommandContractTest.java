package io.github.convoluta.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.scijava.annotations.Index;
import org.scijava.annotations.IndexItem;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Plugin;

/** Macros rely on labels, keys and values: these must not change. */
class CommandContractTest {

	private static final String AXES = "axes=X|XY|XYZ|XYT", BORDER = "border=zero|constant|replicate|mirror|reflect|periodic",
		OUTPUT = "output=32-bit|input type folder", PADDING = "padding=same|valid|full", AXIS = "axis=X|Y|Z|T";

	private static final Map<Class<? extends Command>, String> KEYS = new LinkedHashMap<>();

	static {
		KEYS.put(ConvolveCommand.class, "Convolve n-D...: kernel operation=correlation|convolution " + AXES + " " + PADDING +
			" " + BORDER + " value stride dilation channels=each|sum method=automatic|direct|separable|fourier " +
			"normalize=none|sum|absolute divisor offset " + OUTPUT);
		KEYS.put(EdgesCommand.class, "Edges n-D...: operator=sobel|prewitt|scharr|roberts|gaussian|laplacian|log|canny " +
			"result=default|magnitude|x|y|z|direction|response|crossings|edges sigma unit=pixels|calibrated low high " + AXES +
			" " + BORDER + " " + OUTPUT);
		KEYS.put(PoolCommand.class, "Pool n-D...: operation=max|min|average|sum|median|l2 window stride pad partial global " +
			AXES + " " + OUTPUT);
		KEYS.put(UpsampleCommand.class, "Upsample n-D...: factor method=nearest|linear|zeros " + AXES + " " + OUTPUT);
		KEYS.put(DifferenceEquationCommand.class, "Difference Equation...: a b " + AXIS + " zerophase " + OUTPUT);
		KEYS.put(MovingAverageCommand.class, "Moving Average...: length " + AXIS + " " + PADDING + " " + BORDER + " " + OUTPUT);
		KEYS.put(ShowKernelCommand.class, "Show Kernel...: kernel axes=X|XY|XYZ normalize=none|sum|absolute file");
		final String training = "network axes=X|XY|XYZ|XYT epochs batch patch learningrate augmentation validation normalization " +
			"precision=automatic|fp32|bf16 device seed resume model authors license table";
		KEYS.put(TrainSegmentationCommand.class, "Train Segmentation...: " + training + " labels sparse steps");
		KEYS.put(TrainClassifierCommand.class, "Train Classifier...: " + training + " folder labelcolumn");
		KEYS.put(ApplyNetworkCommand.class, "Apply Network...: model output=labels|probabilities|both tile memory blend flips " +
			"precision=automatic|fp32|bf16 device table");
		KEYS.put(EngineInformationCommand.class, "Network Engine Information:");
		KEYS.put(NetworkSummaryCommand.class, "Network Summary...: network input axes=default|X|XY|XYZ|XYT classes table");
		KEYS.put(ExampleImageCommand.class, "Example Image...: example=cells|cells-labels|membranes|chest|tissue|ct|ct-labels|ct-second|" +
			"ct-second-labels|series|ecg");
	}

	static Set<Class<? extends Command>> commands() {
		return KEYS.keySet();
	}

	private static List<ModuleItem<?>> keys(final Class<? extends Command> command) {
		final List<ModuleItem<?>> keys = new ArrayList<>();
		for (final ModuleItem<?> item : new CommandInfo(command, command.getAnnotation(Plugin.class)).inputs())
			if (CommandHelp.isKey(item)) keys.add(item);
		return keys;
	}

	@Test
	void labelsKeysAndValuesAreFrozen() {
		KEYS.forEach((command, expected) -> {
			final StringBuilder actual = new StringBuilder(CommandHelp.title(command)).append(":");
			for (final ModuleItem<?> item : keys(command)) {
				actual.append(' ').append(item.getName());
				if (item.getChoices() != null && !item.getChoices().isEmpty()) actual.append('=').append(String.join("|", item
					.getChoices().stream().map(Object::toString).toList()));
			}
			assertEquals(expected, actual.toString());
		});
	}

	@Test
	void keysAreLowerCaseAndEveryKeyIsExplained() {
		for (final Class<? extends Command> command : KEYS.keySet())
			for (final ModuleItem<?> item : keys(command)) {
				assertEquals(item.getName().toLowerCase(Locale.ROOT), item.getName());
				assertTrue(item.getName().matches("[a-z]+"), item.getName());
				assertFalse(item.getDescription() == null || item.getDescription().isBlank(), item.getName());
				assertTrue(CommandHelp.html(command).contains("<td>" + item.getName() + "</td>"));
			}
	}

	@Test
	void everyCommandHasOneLineInPluginsConfigUnderItsOwnLabel() throws IOException {
		final Pattern line = Pattern.compile(
			"(Plugins>Convoluta), \"(.*)\", io\\.github\\.convoluta\\.host\\.CommandPlugIn\\(\"(.*)\"\\)");
		final Map<String, String> entries = new LinkedHashMap<>();
		for (final String l : Files.readAllLines(Path.of("plugins.config"))) {
			final Matcher m = line.matcher(l);
			if (m.matches()) assertEquals(null, entries.put(m.group(3), m.group(1) + ">" + m.group(2)));
		}
		assertEquals(KEYS.size(), entries.size());
		for (final Class<? extends Command> command : KEYS.keySet()) {
			final Plugin plugin = command.getAnnotation(Plugin.class);
			assertEquals(plugin.menuPath(), entries.get(command.getName()));
			assertEquals("Plugins>Convoluta>" + plugin.label(), plugin.menuPath());
			assertFalse(plugin.visible(), "a visible command would appear twice in Fiji");
		}
	}

	@Test
	void everyAnnotatedCommandIsInTheMenu() {
		final Set<String> annotated = new TreeSet<>(), listed = new TreeSet<>();
		for (final IndexItem<Plugin> item : Index.load(Plugin.class, CommandContractTest.class.getClassLoader()))
			if (item.className().startsWith("io.github.convoluta.") && item.annotation().type() == Command.class) annotated.add(item
				.className());
		KEYS.keySet().forEach(command -> listed.add(command.getName()));
		assertEquals(annotated, listed);
	}

	/** The reference in the README is made from the commands: {@code mvn test -Dconvoluta.write=true} writes it anew. */
	@Test
	void theReadmesReferenceIsWhatTheCommandsSay() throws IOException {
		final Path readme = Path.of("README.md");
		final String text = Files.readString(readme);
		final String begin = "<!-- reference begins -->\n", end = "<!-- reference ends -->";
		final StringBuilder reference = new StringBuilder();
		for (final Class<? extends Command> command : KEYS.keySet())
			reference.append('\n').append(CommandHelp.markdown(command));
		reference.append('\n').append(CatalogueReference.markdown());
		final int from = text.indexOf(begin) + begin.length(), to = text.indexOf(end);
		if (Boolean.getBoolean("convoluta.write")) Files.writeString(readme, text.substring(0, from) + reference + "\n" + text
			.substring(to));
		else assertEquals(reference.toString().strip(), text.substring(from, to).strip());
	}
}
