package io.github.convoluta.filter;

import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ByteType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * The pixel types that are read and written as primitive arrays, with their conversion from and to float. Integer
 * types round to the nearest value, halves up, and clamp to their range, as ImageJ does.
 */
enum SampleType {

	UINT8(0, 255), INT8(-128, 127), UINT16(0, 65535), INT16(-32768, 32767), UINT32(0, 4294967295.0), INT32(-2147483648.0,
		2147483647.0), FLOAT32(0, 0), FLOAT64(0, 0), OTHER(0, 0);

	private final double min;
	private final double max;

	SampleType(final double min, final double max) {
		this.min = min;
		this.max = max;
	}

	static SampleType of(final Object pixel) {
		if (pixel instanceof UnsignedByteType) return UINT8;
		if (pixel instanceof ByteType) return INT8;
		if (pixel instanceof UnsignedShortType) return UINT16;
		if (pixel instanceof ShortType) return INT16;
		if (pixel instanceof UnsignedIntType) return UINT32;
		if (pixel instanceof IntType) return INT32;
		if (pixel instanceof FloatType) return FLOAT32;
		if (pixel instanceof DoubleType) return FLOAT64;
		return OTHER;
	}

	/** Whether values are whole numbers of a known, bounded range. */
	boolean isInteger() {
		return max > min;
	}

	/** The largest magnitude of an integer type. */
	double largest() {
		return Math.max(-min, max);
	}

	Object createArray(final int n) {
		return switch (this) {
			case UINT8, INT8 -> new byte[n];
			case UINT16, INT16 -> new short[n];
			case UINT32, INT32 -> new int[n];
			case FLOAT32 -> new float[n];
			case FLOAT64 -> new double[n];
			case OTHER -> throw new IllegalStateException("no array type");
		};
	}

	/** Converts {@code n} samples of {@code source} to floats. */
	void toFloat(final Object source, final int from, final float[] target, final int to, final int n) {
		switch (this) {
			case UINT8 -> {
				final byte[] s = (byte[]) source;
				for (int i = 0; i < n; i++)
					target[to + i] = s[from + i] & 0xff;
			}
			case INT8 -> {
				final byte[] s = (byte[]) source;
				for (int i = 0; i < n; i++)
					target[to + i] = s[from + i];
			}
			case UINT16 -> {
				final short[] s = (short[]) source;
				for (int i = 0; i < n; i++)
					target[to + i] = s[from + i] & 0xffff;
			}
			case INT16 -> {
				final short[] s = (short[]) source;
				for (int i = 0; i < n; i++)
					target[to + i] = s[from + i];
			}
			case UINT32 -> {
				final int[] s = (int[]) source;
				for (int i = 0; i < n; i++)
					target[to + i] = s[from + i] & 0xffffffffL;
			}
			case INT32 -> {
				final int[] s = (int[]) source;
				for (int i = 0; i < n; i++)
					target[to + i] = s[from + i];
			}
			case FLOAT32 -> System.arraycopy(source, from, target, to, n);
			case FLOAT64 -> {
				final double[] s = (double[]) source;
				for (int i = 0; i < n; i++)
					target[to + i] = (float) s[from + i];
			}
			case OTHER -> throw new IllegalStateException("no array type");
		}
	}

	/** Converts every {@code step}-th float of {@code source} to {@code n} samples of {@code target}. */
	void fromFloat(final float[] source, final int step, final Object target, final int to, final int n) {
		switch (this) {
			case UINT8 -> {
				final byte[] t = (byte[]) target;
				for (int i = 0; i < n; i++)
					t[to + i] = (byte) unsigned(source[i * step], 255);
			}
			case UINT16 -> {
				final short[] t = (short[]) target;
				for (int i = 0; i < n; i++)
					t[to + i] = (short) unsigned(source[i * step], 65535);
			}
			case INT8 -> {
				final byte[] t = (byte[]) target;
				for (int i = 0; i < n; i++)
					t[to + i] = (byte) (long) rounded(source[i * step]);
			}
			case INT16 -> {
				final short[] t = (short[]) target;
				for (int i = 0; i < n; i++)
					t[to + i] = (short) (long) rounded(source[i * step]);
			}
			case UINT32, INT32 -> {
				final int[] t = (int[]) target;
				for (int i = 0; i < n; i++)
					t[to + i] = (int) (long) rounded(source[i * step]);
			}
			case FLOAT32 -> {
				if (step == 1) System.arraycopy(source, 0, target, to, n);
				else {
					final float[] t = (float[]) target;
					for (int i = 0; i < n; i++)
						t[to + i] = source[i * step];
				}
			}
			case FLOAT64 -> {
				final double[] t = (double[]) target;
				for (int i = 0; i < n; i++)
					t[to + i] = source[i * step];
			}
			case OTHER -> throw new IllegalStateException("no array type");
		}
	}

	/** ImageJ's own rounding: a half is added in float, the rest is cut off. */
	private static int unsigned(final float value, final int max) {
		return value <= 0 ? 0 : value >= max ? max : (int) (value + 0.5f);
	}

	private double rounded(final float value) {
		return Math.floor(Math.min(max, Math.max(min, value)) + 0.5);
	}

	/** Sets a pixel of any type: rounded and clamped if it has a range, as it is otherwise. */
	static void set(final RealType<?> pixel, final float value) {
		if (pixel instanceof net.imglib2.type.numeric.IntegerType) {
			final double v = Math.min(pixel.getMaxValue(), Math.max(pixel.getMinValue(), value));
			pixel.setReal(Math.floor(v + 0.5));
		}
		else pixel.setReal(value);
	}
}
