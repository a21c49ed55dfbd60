package io.github.convoluta.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * An array as it lies in a file.
 *
 * @param values in the order of the file
 * @param shape extents
 * @param strides steps in the file between neighbours along each axis
 * @param bfloat16 whether numbers are written with 16 bits
 * @param gradient whether training changes it
 */
record StoredTensor(float[] values, List<Integer> shape, List<Integer> strides, boolean bfloat16, boolean gradient) {

	/** Values in C order. */
	static StoredTensor contiguous(final float[] values, final List<Integer> shape, final boolean gradient) {
		return new StoredTensor(values, shape, strides(shape), false, gradient);
	}

	private static List<Integer> strides(final List<Integer> shape) {
		final List<Integer> strides = new ArrayList<>(shape);
		int stride = 1;
		for (int d = shape.size() - 1; d >= 0; d--) {
			strides.set(d, stride);
			stride *= shape.get(d);
		}
		return strides;
	}

	/** The same array with its second axis fastest, if it has the weights of a 2-D or 3-D convolution. */
	StoredTensor channelsLast() {
		final int n = shape.size();
		if (n < 4) return this;
		final int outer = shape.get(0), channels = shape.get(1), volume = values.length / outer / channels;
		final float[] moved = new float[values.length];
		for (int o = 0; o < outer; o++)
			for (int c = 0; c < channels; c++)
				for (int v = 0; v < volume; v++)
					moved[(o * volume + v) * channels + c] = values[(o * channels + c) * volume + v];
		final List<Integer> steps = new ArrayList<>(strides);
		for (int d = 2; d < n; d++)
			steps.set(d, strides.get(d) * channels);
		steps.set(1, 1);
		return new StoredTensor(moved, shape, steps, bfloat16, gradient);
	}

	StoredTensor toBfloat16() {
		return new StoredTensor(values, shape, strides, true, gradient);
	}

	/** Name of the storage's type. */
	String storageType() {
		return bfloat16 ? "BFloat16Storage" : "FloatStorage";
	}

	/** Little-endian bytes. */
	byte[] bytes() {
		final ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(bfloat16 ? 2 : 4, values.length)).order(
			ByteOrder.LITTLE_ENDIAN);
		if (!bfloat16) buffer.asFloatBuffer().put(values);
		else for (final float v : values) {
			final int bits = Float.floatToRawIntBits(v);
			// Rounded to the nearest, ties to even.
			buffer.putShort((short) (bits + 0x7fff + (bits >> 16 & 1) >> 16));
		}
		return buffer.array();
	}
}
