package io.github.convoluta.command;

import io.github.convoluta.kernel.KernelCatalogue;
import io.github.convoluta.network.Architectures;

/** The catalogues of kernels and architectures as tables for the README. */
final class CatalogueReference {

	private CatalogueReference() {}

	static String markdown() {
		final StringBuilder s = new StringBuilder("### Kernels by name\n\n| Kernel | What it does |\n|---|---|\n");
		for (final KernelCatalogue.Entry entry : KernelCatalogue.entries())
			s.append("| `").append(entry.usage().replace("|", "\\|")).append("` | ").append(entry.description()).append(" |\n");
		s.append("\n### Architectures by name\n\n| Architecture, with its arguments' defaults | What it is |\n|---|---|\n");
		for (final Architectures.Entry entry : Architectures.entries())
			s.append("| `").append(entry.usage()).append("` | ").append(entry.description()).append(" |\n");
		return s.toString();
	}
}
