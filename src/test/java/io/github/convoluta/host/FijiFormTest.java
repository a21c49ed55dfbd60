package io.github.convoluta.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import ij.ImagePlus;
import ij.WindowManager;
import ij.process.ByteProcessor;
import io.github.convoluta.command.ApplyNetworkCommand;
import io.github.convoluta.command.CommandHelp;
import io.github.convoluta.command.ConvolveCommand;
import io.github.convoluta.command.EdgesCommand;
import io.github.convoluta.command.PoolCommand;
import io.github.convoluta.command.ShowKernelCommand;
import io.github.convoluta.command.TrainClassifierCommand;
import io.github.convoluta.command.TrainSegmentationCommand;
import io.github.convoluta.command.UserCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.display.DisplayService;
import org.scijava.log.LogLevel;
import org.scijava.log.LogService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.LoadInputsPreprocessor;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.module.process.SaveInputsPreprocessor;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.widget.Button;
import org.scijava.widget.InputHarvester;

/** Commands where SciJava runs them, as in Fiji and its scripts, with all of SciJava's services. */
class FijiFormTest {

	/** Stands where the dialog would open: notes what it would ask for, and cancels. */
	public static final class Dialog extends AbstractPreprocessorPlugin {

		@Override
		public void process(final Module module) {
			final List<String> asked = new ArrayList<>();
			for (final ModuleItem<?> item : module.getInfo().inputs())
				if (!module.isInputResolved(item.getName())) asked.add(item.getName());
			if (!asked.isEmpty()) cancel("asked for " + asked);
		}
	}

	private Context context;
	private final List<String> errors = new ArrayList<>();

	@BeforeEach
	void create() {
		context = new Context();
		// Tests leave no preferences behind.
		final PluginService plugins = context.service(PluginService.class);
		plugins.removePlugin(plugins.getPlugin(SaveInputsPreprocessor.class));
		plugins.removePlugin(plugins.getPlugin(LoadInputsPreprocessor.class));
		context.service(LogService.class).addLogListener(m -> {
			if (m.level() <= LogLevel.WARN) errors.add(m.text());
		});
	}

	@AfterEach
	void dispose() {
		context.dispose();
		WindowManager.setTempCurrentImage(null);
	}

	private static ImagePlus image() {
		return new ImagePlus("some", new ByteProcessor(40, 30));
	}

	private void addDialog() {
		final PluginInfo<PreprocessorPlugin> dialog = new PluginInfo<>(Dialog.class, PreprocessorPlugin.class);
		dialog.setPriority(InputHarvester.PRIORITY);
		context.service(PluginService.class).addPlugin(dialog);
	}

	private Module run(final Class<? extends Command> command, final Map<String, Object> inputs) throws Exception {
		return context.service(CommandService.class).run(command, true, inputs).get();
	}

	private static String reason(final Module module) {
		return ((Cancelable) module).getCancelReason();
	}

	@ParameterizedTest
	@ValueSource(classes = { ConvolveCommand.class, EdgesCommand.class, PoolCommand.class, ShowKernelCommand.class })
	void everyKeyGivenOpensNoDialog(final Class<? extends Command> command) throws Exception {
		addDialog();
		final Map<String, Object> inputs = new HashMap<>();
		for (final ModuleItem<?> item : new CommandInfo(command, command.getAnnotation(Plugin.class)).inputs())
			if (CommandHelp.isKey(item)) inputs.put(item.getName(), item.getDefaultValue());
			else if (item.getType() == ImagePlus.class) inputs.put(item.getName(), image());
		final Module module = run(command, inputs);
		assertFalse(((Cancelable) module).isCanceled(), reason(module));
		final Object output = module.getOutputs().values().stream().filter(o -> o != null).findFirst().orElseThrow();
		assertTrue(output instanceof ImagePlus);

		inputs.remove(command == ShowKernelCommand.class ? "file" : "output");
		assertNotNull(reason(run(command, inputs)), "what is missing is asked for");
	}

	@Test
	void wrongInputCancelsWithOneMessageAndNoTrace() throws Exception {
		final Map<String, Object> inputs = Map.of("image", image(), "kernel", "no such kernel");
		final Module module = run(ConvolveCommand.class, inputs);
		assertTrue(reason(module).startsWith("kernel=[no such kernel]: "), reason(module));
		assertNull(module.getOutput("filtered"));
		assertEquals(List.of(), errors);
	}

	@Test
	void theAdapterTellsTheMessageItselfUnderTheMenusName() throws Exception {
		final Module module = context.service(ModuleService.class).run(new FijiForm(ApplyNetworkCommand.class), true, Map.of("image",
			image(), "model", "no such.zip")).get();
		assertTrue(((Cancelable) module).isCanceled());
		assertNull(reason(module), "SciJava would show it as well");
		final Throwable failure = ((UserCommand) module.getDelegateObject()).failure().orElseThrow();
		assertTrue(new FailureReport("Apply Network...").message(failure).startsWith("model=[no such.zip]: There is no model file"));
		assertEquals("Apply Network", new FailureReport("Apply Network...").title());
		assertEquals(List.of(), errors);
	}

	private static List<String> names(final Class<? extends Command> command) {
		final List<String> names = new ArrayList<>();
		for (final ModuleItem<?> item : new FijiForm(command).inputs())
			if (CommandHelp.isKey(item) || item.getType() == File.class || item.getType() == Button.class) names.add(item.getName());
		return names;
	}

	@Test
	void whatHasNoDefaultComesFirstAndHelpLast() {
		assertEquals(List.of("labels", "model", "network", "axes"), names(TrainSegmentationCommand.class).subList(0, 4));
		assertEquals(List.of("folder", "model", "network", "axes"), names(TrainClassifierCommand.class).subList(0, 4));
		for (final Class<? extends Command> command : List.<Class<? extends Command>> of(ConvolveCommand.class,
			TrainSegmentationCommand.class, ShowKernelCommand.class))
		{
			final List<String> names = names(command);
			assertEquals("help", names.get(names.size() - 1));
		}
	}

	@Test
	void withoutAWindowThereIsNoPreview() {
		for (final ModuleItem<?> item : new FijiForm(ConvolveCommand.class).inputs())
			assertFalse(item.getName().equals("preview"));
	}

	@Test
	void pathsHaveFileChoosersAndStayTexts() throws Exception {
		final FijiForm form = new FijiForm(TrainClassifierCommand.class);
		final Module module = form.createModule();
		for (final String key : new String[] { "folder", "model" }) {
			ModuleItem<?> item = null;
			for (final ModuleItem<?> i : form.inputs())
				if (i.getName().equals(key)) item = i;
			assertEquals(File.class, item.getType());
			assertNotNull(item.getWidgetStyle());
			assertNull(item.getValue(module));
			module.setInput(key, new File(new File("some folder"), "a.zip"));
			assertEquals("some folder/a.zip", module.getInput(key));
			assertEquals(new File("some folder/a.zip"), item.getValue(module));
			module.setInput(key, null);
			assertEquals("", module.getInput(key));
		}
	}

	@Test
	void openImagesAreChoicesForLabels() {
		final ImagePlus active = image();
		WindowManager.setTempCurrentImage(active);
		for (final ModuleItem<?> item : new FijiForm(TrainSegmentationCommand.class).inputs())
			if (item.getName().equals("labels")) assertEquals(File.class, item.getType(), "no other image is open");
	}

	@Test
	void outputsThatAreNoImagesOpenNoWindows() throws Exception {
		final Module module = run(io.github.convoluta.command.NetworkSummaryCommand.class, Map.of("network", "cnn depth=1 width=2",
			"input", "8x8x1", "axes", "XY", "classes", 2));
		assertFalse(((Cancelable) module).isCanceled(), reason(module));
		assertEquals(0, context.service(DisplayService.class).getDisplays().size());
		assertEquals(List.of(), errors);
	}
}
