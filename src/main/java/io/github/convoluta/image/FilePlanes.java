package io.github.convoluta.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.function.DoubleSupplier;

import ij.ImageStack;
import ij.measure.Calibration;
import io.github.convoluta.engine.ByteSize;
import io.github.convoluta.file.FileProblem;
import io.github.convoluta.file.WholeFile;

/**
 * Planes in a TIFF file. While they are computed the file has a temporary name; it gets the image's title when it is
 * complete, with a number behind it if there is such a file already.
 */
final class FilePlanes implements PlaneStore {

	private final Path folder;
	private final PlaneLayout layout;
	private final SampleFormat format;
	private final Path temporary;
	private final FileChannel channel;
	private final DoubleSupplier free;

	/**
	 * @param free tells the bytes of memory that are free
	 * @throws IllegalArgumentException if the folder is none or has too little room, or a plane is too large for a file
	 * @throws UncheckedIOException if the folder can't be written into
	 */
	FilePlanes(final Path folder, final PlaneLayout layout, final SampleFormat format, final DoubleSupplier free) {
		this.free = free;
		this.folder = folder;
		this.layout = layout;
		this.format = format;
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException("folder=[" + folder +
			"] is no folder. Give an existing one with room for the result.");
		final double plane = (double) layout.width() * layout.height() * format.bytes(), all = plane * layout.planes();
		if (plane > Integer.MAX_VALUE) throw new IllegalArgumentException(String.format(Locale.ROOT,
			"A plane of the result has %d x %d pixels and %s; in a file at most %s are possible. Use output=[input type], or work on a part of the image.",
			layout.width(), layout.height(), new ByteSize(plane), new ByteSize(Integer.MAX_VALUE)));
		try {
			final double room = Files.getFileStore(folder).getUsableSpace();
			if (all + TiffHeader.SIZE > room) throw new IllegalArgumentException("The result needs " + new ByteSize(all) +
				", but folder=[" + folder + "] has room for " + new ByteSize(room) + " only. Name a folder on another disk.");
			WholeFile.clean(folder);
			temporary = WholeFile.temporary(folder);
			channel = FileChannel.open(temporary, StandardOpenOption.READ, StandardOpenOption.WRITE,
				StandardOpenOption.CREATE_NEW);
		}
		catch (final IOException e) {
			throw failed(e);
		}
	}

	private UncheckedIOException failed(final IOException e) {
		return new UncheckedIOException("The result can't be written into folder=[" + folder + "]: " + FileProblem.reason(e) +
			". Name a folder with room in which files may be made.", e);
	}

	private long position(final int plane, final int offset) {
		return TiffHeader.SIZE + ((long) plane * layout.width() * layout.height() + offset) * format.bytes();
	}

	@Override
	public void write(final int plane, final int offset, final Object samples, final int n) {
		final ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(n, format.bytes()));
		format.put(samples, n, bytes);
		write(bytes.flip(), position(plane, offset));
	}

	private void write(final ByteBuffer bytes, final long position) {
		try {
			for (long at = position; bytes.hasRemaining();)
				at += channel.write(bytes, at);
		}
		catch (final IOException e) {
			throw failed(e);
		}
	}

	@Override
	public Object read(final int plane, final int offset, final int n) {
		try {
			return read(channel, position(plane, offset), format, n);
		}
		catch (final IOException e) {
			throw failed(e);
		}
	}

	/** Reads {@code n} samples from a file. */
	static Object read(final FileChannel channel, final long position, final SampleFormat format, final int n)
		throws IOException
	{
		final ByteBuffer bytes = ByteBuffer.allocate(n * format.bytes());
		for (long at = position; bytes.hasRemaining();) {
			final int count = channel.read(bytes, at);
			// What was never written is 0.
			if (count < 0) break;
			at += count;
		}
		return format.get(bytes.rewind(), n);
	}

	@Override
	public ImageStack toStack(final String title, final boolean rgb, final Calibration calibration) {
		write(ByteBuffer.wrap(new TiffHeader(layout, format, rgb, calibration).bytes()), 0);
		try {
			// A file is as long as all its planes, even if the last samples were never written.
			final long length = position(layout.planes(), 0);
			if (channel.size() < length) channel.write(ByteBuffer.allocate(1), length - 1);
			channel.force(true);
			channel.close();
			final Path file = moved(title);
			// Reading a plane takes its bytes and its samples.
			final double plane = 2.0 * (rgb ? 4 : format.bytes()) * layout.width() * layout.height();
			if (plane > free.getAsDouble()) System.gc();
			if (plane > free.getAsDouble()) throw new UnshownResultException(title, file, plane);
			return new FileStack(file, layout, format, rgb);
		}
		catch (final IOException e) {
			throw failed(e);
		}
	}

	private Path moved(final String title) throws IOException {
		final String name = title.replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_");
		for (int i = 0;; i++)
			try {
				return Files.move(temporary, folder.resolve(name + (i == 0 ? "" : "-" + i) + ".tif"));
			}
			catch (final FileAlreadyExistsException e) {
				if (i == Integer.MAX_VALUE) throw e;
			}
	}

	@Override
	public void discard() {
		try {
			channel.close();
			Files.deleteIfExists(temporary);
		}
		catch (final IOException e) {
			throw failed(e);
		}
	}
}
