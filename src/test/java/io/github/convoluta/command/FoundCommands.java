package io.github.convoluta.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.scijava.annotations.Index;
import org.scijava.annotations.IndexItem;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Plugin;

/** The commands that SciJava's index of annotations names: all tests of commands go by it, none by a list of its own. */
public final class FoundCommands {

	private FoundCommands() {}

	/** In the order of the menu. */
	public static List<Class<? extends Command>> all() {
		final ClassLoader loader = FoundCommands.class.getClassLoader();
		final List<Class<? extends Command>> commands = new ArrayList<>();
		for (final IndexItem<Plugin> item : items(loader))
			try {
				commands.add(Class.forName(item.className(), false, loader).asSubclass(Command.class));
			}
			catch (final ClassNotFoundException e) {
				throw new IllegalStateException(e);
			}
		return commands;
	}

	/** Labels in the order of the menu, without loading a command. */
	public static List<String> labels(final ClassLoader loader) {
		return items(loader).stream().map(item -> item.annotation().label()).toList();
	}

	private static List<IndexItem<Plugin>> items(final ClassLoader loader) {
		final List<IndexItem<Plugin>> items = new ArrayList<>();
		for (final IndexItem<Plugin> item : Index.load(Plugin.class, loader))
			if (item.className().startsWith("io.github.convoluta.") && item.annotation().type() == Command.class) items.add(item);
		items.sort(Comparator.comparingInt(item -> place(item.annotation())));
		return items;
	}

	/** Where a command stands in the menu; one that does not say so comes last. */
	static int place(final Plugin plugin) {
		for (final Attr attribute : plugin.attrs())
			if (attribute.name().equals(UserCommand.PLACE)) return Integer.parseInt(attribute.value());
		return Integer.MAX_VALUE;
	}
}
