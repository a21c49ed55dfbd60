package io.github.convoluta.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;

import ij.plugin.filter.Convolver;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.convoluta.kernel.Kernel;
import io.github.convoluta.kernel.KernelNormalization;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same numbers as ImageJ's own Convolver and Find Edges, to the last bit. */
class ImageJParityTest {

	private static final int W = 67, H = 53;

	private static ImageProcessor random(final int bits) {
		final Random random = new Random(bits);
		if (bits == 8) {
			final ij.process.ByteProcessor ip = new ij.process.ByteProcessor(W, H);
			random.nextBytes((byte[]) ip.getPixels());
			return ip;
		}
		if (bits == 16) {
			final ShortProcessor ip = new ShortProcessor(W, H);
			for (int i = 0; i < W * H; i++)
				ip.set(i, random.nextInt(65536));
			return ip;
		}
		final FloatProcessor ip = new FloatProcessor(W, H);
		for (int i = 0; i < W * H; i++)
			ip.setf(i, random.nextFloat() * 1000 - 300);
		return ip;
	}

	private static RandomAccessibleInterval<?> view(final ImageProcessor ip) {
		final Object p = ip.getPixels();
		return p instanceof final byte[] b ? ArrayImgs.unsignedBytes(b, W, H) : p instanceof final short[] s ? ArrayImgs
			.unsignedShorts(s, W, H) : ArrayImgs.floats((float[]) p, W, H);
	}

	@SuppressWarnings({ "rawtypes", "unchecked" })
	private static void apply(final Filter filter, final ImageProcessor source, final ImageProcessor target) {
		filter.<RealType, RealType> apply((RandomAccessibleInterval) view(source), (RandomAccessibleInterval) view(target),
			Monitor.NONE);
	}

	@ParameterizedTest
	@CsvSource({ "8,3,true", "16,3,true", "32,3,true", "8,5,false", "16,5,false", "32,5,false", "8,7,true", "16,7,true",
		"32,7,true" })
	void convolverWithReplicatedBorder(final int bits, final int size, final boolean wholeNumbers) {
		final Random random = new Random(size);
		final float[] weights = new float[size * size];
		for (int i = 0; i < weights.length; i++)
			weights[i] = wholeNumbers ? random.nextInt(7) - 2 : random.nextFloat() - 0.3f;
		final double[] values = new double[weights.length];
		for (int i = 0; i < values.length; i++)
			values[i] = weights[i];
		final Kernel kernel = Kernel.of(new int[] { size, size }, values);
		final ImageProcessor source = random(bits);

		final FloatProcessor expected = source.convertToFloatProcessor();
		final Convolver convolver = new Convolver();
		convolver.setNormalize(true);
		convolver.convolveFloat(expected, weights, size, size);

		final Convolution convolution = Convolution.with(kernel).border(Border.REPLICATE).scale(KernelNormalization.SUM.factor(
			kernel), 0);
		final FloatProcessor actual = new FloatProcessor(W, H);
		apply(convolution, source, actual);
		assertArrayEquals((float[]) expected.getPixels(), (float[]) actual.getPixels());

		if (bits == 8) {
			final ImageProcessor bytes = source.createProcessor(W, H);
			apply(convolution, source, bytes);
			expected.setMinAndMax(0, 255);
			final ImageProcessor rounded = source.duplicate();
			rounded.setPixels(0, expected);
			assertArrayEquals((byte[]) rounded.getPixels(), (byte[]) bytes.getPixels());
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 16, 32 })
	void findEdgesIsTheSobelMagnitude(final int bits) {
		final ImageProcessor source = random(bits);
		final ImageProcessor expected = source.duplicate();
		expected.filter(ImageProcessor.FIND_EDGES);
		final ImageProcessor actual = source.createProcessor(W, H);
		final Filter edges = new Edges(Edges.Operator.SOBEL, Edges.Result.MAGNITUDE, new double[] { 1, 1 }, 0, 0,
			Border.REPLICATE);
		apply(edges, source, actual);
		final float[] e = (float[]) expected.convertToFloatProcessor().getPixels(), a = (float[]) actual
			.convertToFloatProcessor().getPixels();
		assertArrayEquals(e, a);
	}
}
