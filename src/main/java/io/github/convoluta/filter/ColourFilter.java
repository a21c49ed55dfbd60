package io.github.convoluta.filter;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.numeric.ARGBType;

/**
 * Applies a filter to colour images: red, green and blue each by themselves; the result is opaque.
 *
 * @param filter works on each channel
 */
public record ColourFilter(Filter filter) {

	/**
	 * @param source of any extents that fit, and any origin
	 * @param target of the filter's {@link Filter#outputSize}; must not share memory with the source
	 * @param monitor hears the progress and may cancel by throwing
	 * @see Filter#apply
	 */
	public void apply(final RandomAccessibleInterval<ARGBType> source, final RandomAccessibleInterval<ARGBType> target,
		final Monitor monitor)
	{
		// From blue to red: setting a value of 128 or more through ImgLib2's view overwrites all channels above it.
		for (int channel = 3; channel >= 1; channel--)
			filter.apply(Converters.argbChannel(source, channel), Converters.argbChannel(target, channel), monitor.part(3 -
				channel, 3));
		LoopBuilder.setImages(target).forEachPixel(p -> p.set(p.get() | 0xff000000));
	}
}
