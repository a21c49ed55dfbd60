package io.github.convoluta.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Arrays in NumPy's file format, version 1.0: little-endian float32 in C order. */
final class NumpyArray {

	private static final int ALIGNMENT = 64;

	private NumpyArray() {}

	static byte[] write(final float[] values, final long... shape) {
		final String dimensions = Arrays.stream(shape).mapToObj(s -> s + ",").collect(Collectors.joining(" "));
		final StringBuilder header = new StringBuilder("{'descr': '<f4', 'fortran_order': False, 'shape': (" + dimensions +
			"), }");
		while ((10 + header.length() + 1) % ALIGNMENT != 0)
			header.append(' ');
		header.append('\n');
		final ByteBuffer buffer = ByteBuffer.allocate(10 + header.length() + Math.multiplyExact(4, values.length)).order(
			ByteOrder.LITTLE_ENDIAN);
		buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0);
		buffer.putShort((short) header.length()).put(header.toString().getBytes(StandardCharsets.US_ASCII));
		for (final float v : values)
			buffer.putFloat(v);
		return buffer.array();
	}

	/** The last {@code count} numbers of a file, which are all of it if the array has as many. */
	static float[] read(final byte[] file, final int count) {
		final ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
		final int header = file.length < 10 ? 0 : 10 + (buffer.getShort(8) & 0xffff);
		if (header == 0 || file[0] != (byte) 0x93 || file.length != header + 4L * count) throw new IllegalArgumentException(
			"it is no array of " + count + " numbers");
		final float[] values = new float[count];
		buffer.position(header).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
		return values;
	}
}
