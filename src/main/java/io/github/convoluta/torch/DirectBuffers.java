package io.github.convoluta.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.convoluta.engine.ByteSize;
import io.github.convoluta.engine.Target;

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

	NDArray target(final NDManager manager, final Target values) {
		if (values instanceof final Target.Classes c) {
			target = resized(target, 8L * c.numbers().length);
			target.asLongBuffer().put(c.numbers());
		}
		else if (values instanceof final Target.Values v) {
			target = resized(target, 4L * v.values().length);
			target.asFloatBuffer().put(v.values());
		}
		return manager.create(target, new Shape(values.shape()), values instanceof Target.Classes ? DataType.INT64
			: DataType.FLOAT32);
	}

	private static ByteBuffer resized(final ByteBuffer buffer, final long bytes) {
		if (bytes > Integer.MAX_VALUE) throw new IllegalArgumentException("A batch of " + new ByteSize(bytes) +
			" is too large. Use smaller patches or tiles, or fewer samples per batch.");
		final ByteBuffer large = buffer.capacity() >= bytes ? buffer : ByteBuffer.allocateDirect((int) bytes).order(ByteOrder
			.nativeOrder());
		return large.clear().limit((int) bytes);
	}
}
