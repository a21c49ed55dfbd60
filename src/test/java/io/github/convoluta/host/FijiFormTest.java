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
import io.github.convoluta.command.Field;
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
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.display.DisplayService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.plugin.Plugin;

/** Commands where SciJava runs them, as in Fiji and its scripts, with all of SciJava's services. */
class FijiFormTest {

	private FijiContext fiji;

	@BeforeEach
	void create() {
		fiji = new FijiContext();
	}

	@AfterEach
	void dispose() {
		fiji.close();
		WindowManager.setTempCurrentImage(null);
	}

	private static ImagePlus image() {
		return new ImagePlus("some", new ByteProcessor(40, 30));
	}

	@ParameterizedTest
	@ValueSource(classes = { ConvolveCommand.class, EdgesCommand.class, PoolCommand.class, ShowKernelCommand.class })
	void everyKeyGivenOpensNoDialog(final Class<? extends Command> command) throws Exception {
		fiji.addDialog();
		final Map<String, Object> inputs = new HashMap<>();
		for (final ModuleItem<?> item : new CommandInfo(command, command.getAnnotation(Plugin.class)).inputs())
			if (CommandHelp.isKey(item)) inputs.put(item.getName(), item.getDefaultValue());
			else if (item.getType() == ImagePlus.class) inputs.put(item.getName(), image());
		final Module module = fiji.run(command, inputs);
		assertFalse(((Cancelable) module).isCanceled(), FijiContext.reason(module));
		final Object output = module.getOutputs().values().stream().filter(o -> o != null).findFirst().orElseThrow();
		assertTrue(output instanceof ImagePlus);

		inputs.remove(command == ShowKernelCommand.class ? "file" : "output");
		assertFalse(((Cancelable) fiji.run(command, inputs)).isCanceled(), "what is missing has its default");
		assertNotNull(FijiContext.reason(fiji.run(command, Map.of())), "what is missing is asked for if nothing is given");
	}

	@Test
	void wrongInputCancelsWithOneMessageAndNoTrace() throws Exception {
		final Map<String, Object> inputs = Map.of("image", image(), "kernel", "no such kernel");
		final Module module = fiji.run(ConvolveCommand.class, inputs);
		assertTrue(FijiContext.reason(module).startsWith("kernel=[no such kernel]: "), FijiContext.reason(module));
		assertNull(module.getOutput("filtered"));
		assertEquals(List.of(), fiji.errors());
	}

	@Test
	void theAdapterTellsTheMessageItselfUnderTheMenusName() throws Exception {
		final Module module = fiji.service(ModuleService.class).run(new FijiForm(ApplyNetworkCommand.class), true, Map.of(
			"image", image(), "model", "no such.zip")).get();
		assertTrue(((Cancelable) module).isCanceled());
		assertNull(FijiContext.reason(module), "SciJava would show it as well");
		final Throwable failure = ((UserCommand) module.getDelegateObject()).failure().orElseThrow();
		assertTrue(new FailureReport("Apply Network...").message(failure).startsWith(
			"model=[no such.zip]: There is no model file"));
		assertEquals("Apply Network", new FailureReport("Apply Network...").title());
		assertEquals(List.of(), fiji.errors());
	}

	private static List<String> names(final Class<? extends Command> command) {
		final List<String> names = new ArrayList<>();
		for (final ModuleItem<?> item : new FijiForm(command).inputs())
			if (CommandHelp.isKey(item) || item.getType() == File.class || item instanceof HelpItem) names.add(item.getName());
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

	/** A button lists what can be entered; what is chosen is the text of the field, and nothing else of the command's inputs. */
	@Test
	void whatCanBeEnteredIsListed() throws Exception {
		final FijiForm form = new FijiForm(TrainSegmentationCommand.class);
		final List<ChoicesItem> buttons = new ArrayList<>();
		for (final ModuleItem<?> item : form.inputs())
			if (item instanceof final ChoicesItem button) buttons.add(button);
		assertEquals(List.of("labels choices", "network choices"), buttons.stream().map(ModuleItem::getName).toList());
		assertTrue(buttons.get(0).choices().containsAll(List.of("overlay", "roi manager")));
		assertTrue(buttons.get(1).choices().contains("resnet18"));
		final Module module = form.createModule();
		for (final String answer : new String[] { "roi manager", null }) {
			new ChoicesItem(form, Field.of(CommandHelp.info(TrainSegmentationCommand.class)).get(0), List.of("a"), b -> answer)
				.callback(module);
			assertEquals("roi manager", module.getInput("labels"), "no answer changes nothing");
		}
		assertNull(module.getInput("labels choices"), "what has no value is not recorded");
	}

	@Test
	void outputsThatAreNoImagesOpenNoWindows() throws Exception {
		final Module module = fiji.run(io.github.convoluta.command.NetworkSummaryCommand.class, Map.of("network",
			"cnn depth=1 width=2", "input", "8x8x1", "axes", "XY", "classes", 2));
		assertFalse(((Cancelable) module).isCanceled(), FijiContext.reason(module));
		assertEquals(0, fiji.service(DisplayService.class).getDisplays().size());
		assertEquals(List.of(), fiji.errors());
	}
}
