package io.github.convoluta.image;

import java.nio.ByteBuffer;

import ij.ImagePlus;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

/** The sample types of ImageJ; RGB images are three 8-bit channels here. */
public enum SampleFormat {

	UINT8(1), UINT16(2), FLOAT32(4);

	private final int bytes;

	SampleFormat(final int bytes) {
		this.bytes = bytes;
	}

	/** The format of an image's channels. */
	public static SampleFormat of(final ImagePlus image) {
		return switch (image.getType()) {
			case ImagePlus.GRAY16 -> UINT16;
			case ImagePlus.GRAY32 -> FLOAT32;
			default -> UINT8;
		};
	}

	/** Bytes per sample. */
	int bytes() {
		return bytes;
	}

	NativeType<?> pixel() {
		return switch (this) {
			case UINT8 -> new UnsignedByteType();
			case UINT16 -> new UnsignedShortType();
			case FLOAT32 -> new FloatType();
		};
	}

	Object createArray(final int n) {
		return switch (this) {
			case UINT8 -> new byte[n];
			case UINT16 -> new short[n];
			case FLOAT32 -> new float[n];
		};
	}

	ArrayDataAccess<?> access(final Object array) {
		return switch (this) {
			case UINT8 -> new ByteArray((byte[]) array);
			case UINT16 -> new ShortArray((short[]) array);
			case FLOAT32 -> new FloatArray((float[]) array);
		};
	}

	/** Puts the first {@code n} samples of an array into a buffer, big-endian. */
	void put(final Object array, final int n, final ByteBuffer target) {
		switch (this) {
			case UINT8 -> target.put((byte[]) array, 0, n);
			case UINT16 -> {
				target.asShortBuffer().put((short[]) array, 0, n);
				target.position(target.position() + 2 * n);
			}
			case FLOAT32 -> {
				target.asFloatBuffer().put((float[]) array, 0, n);
				target.position(target.position() + 4 * n);
			}
		}
	}

	/** An array of the {@code n} samples that {@link #put} wrote. */
	Object get(final ByteBuffer source, final int n) {
		final Object array = createArray(n);
		switch (this) {
			case UINT8 -> source.get((byte[]) array);
			case UINT16 -> source.asShortBuffer().get((short[]) array);
			case FLOAT32 -> source.asFloatBuffer().get((float[]) array);
		}
		return array;
	}
}
