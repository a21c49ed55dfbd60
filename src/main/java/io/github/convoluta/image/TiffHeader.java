package io.github.convoluta.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import ij.measure.Calibration;

/**
 * The beginning of a TIFF file as ImageJ writes large stacks: one directory, whose description tells how many planes
 * follow one another, big-endian.
 *
 * @param layout planes; with colours, three of them make one picture
 * @param format of the samples
 * @param rgb whether the planes are red, green and blue in turn
 * @param calibration pixel size and frame interval
 */
record TiffHeader(PlaneLayout layout, SampleFormat format, boolean rgb, Calibration calibration) {

	private static final int SHORT = 3, LONG = 4, ASCII = 2;
	private static final int ENTRIES = 12;
	/** Where the first plane begins. */
	static final int SIZE = 4096;

	/** The bytes before the first plane. */
	byte[] bytes() {
		final byte[] text = (description() + "\0").getBytes(StandardCharsets.UTF_8);
		if (text.length > SIZE / 2) throw new IllegalArgumentException("The image's units have " + text.length +
			" letters in all; shorten them in Image>Properties or Analyze>Calibrate.");
		final int samples = rgb ? 3 : 1, directory = 8, bits = directory + 2 + 12 * ENTRIES + 4, description = bits + 6;
		final int strips = description + text.length, counts = strips + 4 * samples;
		final long plane = (long) layout.width() * layout.height() * format.bytes();
		final ByteBuffer b = ByteBuffer.allocate(SIZE);
		b.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(directory).putShort((short) ENTRIES);
		entry(b, 254, LONG, 1, 0);
		entry(b, 256, LONG, 1, layout.width());
		entry(b, 257, LONG, 1, layout.height());
		entry(b, 258, SHORT, samples, rgb ? bits : 8 * format.bytes() << 16);
		entry(b, 262, SHORT, 1, (rgb ? 2 : 1) << 16);
		entry(b, 270, ASCII, text.length, description);
		entry(b, 273, LONG, samples, rgb ? strips : SIZE);
		entry(b, 277, SHORT, 1, samples << 16);
		entry(b, 278, LONG, 1, layout.height());
		entry(b, 279, LONG, samples, rgb ? counts : (int) plane);
		entry(b, 284, SHORT, 1, (rgb ? 2 : 1) << 16);
		entry(b, 339, SHORT, 1, (format == SampleFormat.FLOAT32 ? 3 : 1) << 16);
		b.putInt(0);
		for (int i = 0; i < 3; i++)
			b.putShort((short) 8);
		b.put(text);
		for (int i = 0; i < samples; i++)
			b.putInt((int) (SIZE + i * plane));
		for (int i = 0; i < samples; i++)
			b.putInt((int) plane);
		return b.array();
	}

	/** One of a directory's entries; values of two bytes stand in the upper half. */
	private static void entry(final ByteBuffer b, final int tag, final int type, final int count, final int value) {
		b.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
	}

	private String description() {
		final int channels = rgb ? layout.channels() / 3 : layout.channels();
		final StringBuilder s = new StringBuilder("ImageJ=1.54p\nimages=" + channels * layout.slices() * layout.frames() + "\n");
		if (channels > 1) s.append("channels=").append(channels).append('\n');
		if (layout.slices() > 1) s.append("slices=").append(layout.slices()).append('\n');
		if (layout.frames() > 1) s.append("frames=").append(layout.frames()).append('\n');
		if (channels > 1 || layout.slices() > 1 && layout.frames() > 1) s.append("hyperstack=true\n");
		final Calibration c = calibration;
		s.append("unit=").append("\u00b5m".equals(c.getUnit()) ? "um" : c.getUnit()).append('\n');
		if (c.pixelDepth != 1) s.append(String.format(Locale.ROOT, "spacing=%s\n", c.pixelDepth));
		if (c.frameInterval != 0) s.append(String.format(Locale.ROOT, "finterval=%s\n", c.frameInterval));
		if (c.xOrigin != 0) s.append("xorigin=").append(c.xOrigin).append('\n');
		if (c.yOrigin != 0) s.append("yorigin=").append(c.yOrigin).append('\n');
		if (c.zOrigin != 0) s.append("zorigin=").append(c.zOrigin).append('\n');
		if (c.getFunction() == Calibration.STRAIGHT_LINE && c.getCoefficients() != null) s.append("cf=0\nc0=").append(c
			.getCoefficients()[0]).append("\nc1=").append(c.getCoefficients()[1]).append("\nvunit=").append(c.getValueUnit())
			.append('\n');
		return s.toString();
	}
}
