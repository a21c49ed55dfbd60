package io.github.convoluta.command;

import java.util.List;

import io.github.convoluta.host.CommandPlugIn;
import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

/** {@code plugins.config}, by which ImageJ and Fiji find their menu entries, made from the commands' annotations. */
final class MenuFile {

	private MenuFile() {}

	/** @param commands in the order of the menu */
	static String of(final List<Class<? extends Command>> commands) {
		final StringBuilder s = new StringBuilder("""
				# Name: Convoluta
				# Convolution and trainable convolutional networks for n-D images.
				# Made from the commands' annotations: mvn test -Dtest=CommandContractTest -Dconvoluta.write=true

				""");
		int group = 0;
		for (final Class<? extends Command> command : commands) {
			final Plugin plugin = command.getAnnotation(Plugin.class);
			final String menu = plugin.menuPath().substring(0, plugin.menuPath().lastIndexOf('>'));
			final int place = FoundCommands.place(plugin) / 10;
			if (group != 0 && place != group) s.append(menu).append(", \"-\"\n");
			group = place;
			s.append("%s, \"%s\", %s(\"%s\")\n".formatted(menu, plugin.label(), CommandPlugIn.class.getName(), command.getName()));
		}
		return s.toString();
	}
}
