package io.github.convoluta.sample;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import io.github.convoluta.filter.Monitor;
import net.imglib2.RandomAccessibleInterval;

/**
 * A short text that other samples would have another of. Of small data every value counts; of large ones, evenly spread
 * rows, so that it costs a fraction of a second and reads little.
 */
public final class SampleDigest {

	/** Values that are looked at, at most about so many and one row of each image. */
	private static final long MOST = 1 << 24;

	private SampleDigest() {}

	/** The digest of images in their order: 64 hexadecimal digits. */
	public static String of(final List<? extends RandomAccessibleInterval<?>> views) {
		final MessageDigest digest = sha256();
		final long step = Math.max(1, (views.stream().mapToLong(RandomAccessibleInterval::size).sum() + MOST - 1) / MOST);
		for (final RandomAccessibleInterval<?> view : views)
			add(view, step, digest);
		return HexFormat.of().formatHex(digest.digest());
	}

	private static void add(final RandomAccessibleInterval<?> view, final long step, final MessageDigest digest) {
		final ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(4 * view.dimension(0)));
		ImageRows.forEach(view, step, Monitor.NONE, (row, first) -> {
			bytes.clear().asFloatBuffer().put(row);
			digest.update(bytes);
		});
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
