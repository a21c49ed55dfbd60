package io.github.convoluta.model;

import java.util.Arrays;
import java.util.List;

/**
 * Whose a model is.
 *
 * @param authors names; may be empty
 * @param license SPDX identifier; empty for none
 */
public record Credits(List<String> authors, String license) {

	/** Of nobody in particular, under the licence that is usual in the BioImage Model Zoo. */
	public static final Credits USUAL = new Credits(List.of(), "CC-BY-4.0");

	public Credits {
		authors = List.copyOf(authors);
	}

	/**
	 * @param authors names, separated by semicolons
	 * @param license an SPDX identifier, or nothing
	 * @throws IllegalArgumentException if the model zoo's format has no room for them
	 */
	public static Credits parse(final String authors, final String license) {
		final List<String> names = Arrays.stream(authors.split(";")).map(String::strip).filter(n -> !n.isEmpty()).toList();
		for (final String name : names)
			if (name.matches(".*[/\\\\\\p{Cntrl}].*")) throw new IllegalArgumentException("authors=[" + authors +
				"]: a name can't contain / or \\. Separate several names by ;.");
		if (!license.strip().matches("([A-Za-z0-9][A-Za-z0-9.+-]*)?")) throw new IllegalArgumentException("license=[" + license +
			"] is no SPDX identifier. Give one such as CC-BY-4.0, CC0-1.0, MIT or BSD-2-Clause (see spdx.org/licenses), or nothing.");
		return new Credits(names, license.strip());
	}
}
