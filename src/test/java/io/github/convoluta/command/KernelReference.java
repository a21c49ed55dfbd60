package io.github.convoluta.command;

import io.github.convoluta.kernel.KernelCatalogue;

/** The catalogue of kernels as a table for the README. */
final class KernelReference {

	private KernelReference() {}

	static String markdown() {
		final StringBuilder s = new StringBuilder("### Kernels by name\n\n| Kernel | What it does |\n|---|---|\n");
		for (final KernelCatalogue.Entry entry : KernelCatalogue.entries())
			s.append("| `").append(entry.usage().replace("|", "\\|")).append("` | ").append(entry.description()).append(" |\n");
		return s.toString();
	}
}
