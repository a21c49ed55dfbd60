package io.github.convoluta.sample;

import java.util.List;

import io.github.convoluta.filter.Monitor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.view.Views;

/** Classes of label images that have no images. */
public final class FoundClasses {

	private FoundClasses() {}

	/** Numbers that are classes. */
	public static ClassValues of(final List<? extends RandomAccessibleInterval<?>> labels, final boolean sparse) {
		return of(labels, sparse, false, Monitor.NONE);
	}

	/** Numbers or colours that are classes. */
	public static ClassValues of(final List<? extends RandomAccessibleInterval<?>> labels, final boolean sparse,
		final boolean areColours, final Monitor monitor)
	{
		return LabelIndex.of(labels.stream().map(FoundClasses::pair).toList(), sparse, areColours, monitor).classes();
	}

	private static <T> LabelledImage pair(final RandomAccessibleInterval<T> labels) {
		return new LabelledImage(Views.addDimension(labels, 0, 0), labels);
	}
}
