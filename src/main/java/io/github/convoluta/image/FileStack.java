package io.github.convoluta.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import ij.VirtualStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.convoluta.file.FileProblem;

/** The planes of a file that {@link FilePlanes} wrote, each read when it is needed. */
final class FileStack extends VirtualStack {

	private final Path file;
	private final PlaneLayout layout;
	private final SampleFormat format;
	private final boolean rgb;
	private final String[] labels;

	FileStack(final Path file, final PlaneLayout layout, final SampleFormat format, final boolean rgb) {
		super(layout.width(), layout.height(), null, "");
		this.file = file;
		this.layout = layout;
		this.format = format;
		this.rgb = rgb;
		labels = new String[layout.planes() / (rgb ? 3 : 1)];
		setBitDepth(rgb ? 24 : 8 * format.bytes());
	}

	/** @throws UncheckedIOException if the file can't be read any more */
	@Override
	public ImageProcessor getProcessor(final int n) {
		final int w = layout.width(), h = layout.height();
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
			if (rgb) {
				final ColorProcessor colours = new ColorProcessor(w, h);
				colours.setRGB((byte[]) samples(channel, 3 * n - 3), (byte[]) samples(channel, 3 * n - 2), (byte[]) samples(channel,
					3 * n - 1));
				return colours;
			}
			final Object samples = samples(channel, n - 1);
			if (samples instanceof final byte[] bytes) return new ByteProcessor(w, h, bytes);
			if (samples instanceof final short[] shorts) return new ShortProcessor(w, h, shorts, null);
			return new FloatProcessor(w, h, (float[]) samples);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Plane " + n + " can't be read from " + file + ": " + FileProblem.reason(e) + ".", e);
		}
	}

	private Object samples(final FileChannel channel, final int plane) throws IOException {
		final int n = layout.width() * layout.height();
		return FilePlanes.read(channel, TiffHeader.SIZE + (long) plane * n * format.bytes(), format, n);
	}

	@Override
	public int getSize() {
		return labels.length;
	}

	@Override
	public int size() {
		return labels.length;
	}

	@Override
	public String getSliceLabel(final int n) {
		return labels[n - 1];
	}

	@Override
	public void setSliceLabel(final String label, final int n) {
		labels[n - 1] = label;
	}

	@Override
	public String getDirectory() {
		return file.toAbsolutePath().getParent() + java.io.File.separator;
	}

	@Override
	public String getFileName(final int n) {
		return file.getFileName().toString();
	}
}
