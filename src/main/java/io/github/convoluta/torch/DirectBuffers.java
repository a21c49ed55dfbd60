package io.github.convoluta.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Memory outside the heap that is used again for every step: arrays made from it are not copied, and hold until the
 * next one of the same kind is made.
 */
final class DirectBuffers {

	private ByteBuffer input = ByteBuffer.allocateDirect(0), target = ByteBuffer.allocateDirect(0);

	NDArray input(final NDManager manager, final float[] values, final long[] shape) {
		input = resized(input, 4L * values.length);
		input.asFloatBuffer().put(values);
		return manager.create(input, new Shape(shape), DataType.FLOAT32);
	}

	NDArray target(final NDManager manager, final float[] values, final long[] shape) {
		target = resized(target, 4L * values.length);
		target.asFloatBuffer().put(values);
		return manager.create(target, new Shape(shape), DataType.FLOAT32);
	}

	NDArray target(final NDManager manager, final long[] values, final long[] shape) {
		target = resized(target, 8L * values.length);
		target.asLongBuffer().put(values);
		return manager.create(target, new Shape(shape), DataType.INT64);
	}

	private static ByteBuffer resized(final ByteBuffer buffer, final long bytes) {
		if (bytes > Integer.MAX_VALUE) throw new IllegalArgumentException("A batch of " + bytes +
			" bytes is too large. Use smaller patches or tiles, or fewer samples per batch.");
		final ByteBuffer large = buffer.capacity() >= bytes ? buffer : ByteBuffer.allocateDirect((int) bytes).order(
			ByteOrder.nativeOrder());
		return large.clear().limit((int) bytes);
	}
}
