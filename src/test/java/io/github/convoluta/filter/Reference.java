package io.github.convoluta.filter;

import java.util.Arrays;
import java.util.Random;

import io.github.convoluta.kernel.Kernel;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** Textbook formulas, one sample at a time in double precision: what the fast code is compared with. */
final class Reference {

	private Reference() {}

	static Img<FloatType> random(final long seed, final long... size) {
		final Random random = new Random(seed);
		final Img<FloatType> img = ArrayImgs.floats(size);
		img.forEach(t -> t.set(random.nextFloat() * 20 - 5));
		return img;
	}

	static float[] floats(final RandomAccessibleInterval<? extends RealType<?>> image) {
		final Cursor<? extends RealType<?>> c = Views.flatIterable(image).cursor();
		final float[] values = new float[(int) image.size()];
		for (int i = 0; i < values.length; i++)
			values[i] = c.next().getRealFloat();
		return values;
	}

	/** The sample beyond the border, found by walking there step by step. */
	private static double sample(final double[] image, final int[] size, final int[] position, final Border border) {
		int index = 0;
		for (int d = size.length - 1; d >= 0; d--) {
			int i = position[d];
			int direction = 1;
			if (border.mode() == Border.Mode.MIRROR || border.mode() == Border.Mode.REFLECT) {
				// Walk from sample 0, turning round at the ends.
				final int steps = Math.abs(i);
				direction = i < 0 ? -1 : 1;
				int at = 0;
				for (int s = 0; s < steps; s++) {
					final int next = at + direction;
					if (next >= 0 && next < size[d]) at = next;
					else {
						direction = -direction;
						if (border.mode() == Border.Mode.REFLECT && size[d] > 1) at += direction;
					}
				}
				i = at;
			}
			else if (border.mode() == Border.Mode.PERIODIC) {
				while (i < 0)
					i += size[d];
				while (i >= size[d])
					i -= size[d];
			}
			else if (border.mode() == Border.Mode.REPLICATE) i = Math.max(0, Math.min(size[d] - 1, i));
			else if (i < 0 || i >= size[d]) return border.value();
			index = index * size[d] + i;
		}
		return image[index];
	}

	/** Correlation whose result {@code i} has its first tap at {@code i * stride - before}. */
	static double[] correlate(final RandomAccessibleInterval<? extends RealType<?>> image, final Kernel kernel,
		final Border border, final int[] stride, final int[] dilation, final int[] before, final long[] outSize)
	{
		final int n = image.numDimensions();
		final int[] size = Arrays.stream(image.dimensionsAsLongArray()).mapToInt(i -> (int) i).toArray();
		final float[] f = floats(image);
		final double[] values = new double[f.length];
		for (int i = 0; i < f.length; i++)
			values[i] = f[i];
		final Kernel k = kernel.squeezedTo(n);
		final int count = (int) Arrays.stream(outSize).reduce(1, (a, b) -> a * b);
		final double[] result = new double[count];
		final int[] p = new int[n];
		for (int i = 0; i < count; i++) {
			for (int j = 0; j < k.count(); j++) {
				int ri = i, rj = j;
				for (int d = 0; d < n; d++) {
					p[d] = ri % (int) outSize[d] * stride[d] - before[d] + rj % k.size(d) * dilation[d];
					ri /= (int) outSize[d];
					rj /= k.size(d);
				}
				result[i] += k.valueAt(j) * sample(values, size, p, border);
			}
		}
		return result;
	}
}
