package io.github.convoluta.filter;

import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.github.convoluta.kernel.Gaussian;
import io.github.convoluta.kernel.Kernel;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Filters on a float volume of 192^3 voxels, beside a copy of the array. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class VolumeBenchmark {

	private static final int SIZE = 192;

	private float[] pixels;
	private ArrayImg<FloatType, FloatArray> source;
	private ArrayImg<FloatType, FloatArray> target;

	@Setup(Level.Trial)
	public void createImages() {
		final Random random = new Random(42);
		pixels = new float[SIZE * SIZE * SIZE];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = random.nextFloat();
		source = ArrayImgs.floats(pixels, SIZE, SIZE, SIZE);
		target = ArrayImgs.floats(SIZE, SIZE, SIZE);
	}

	@Benchmark
	public float[] copy() {
		System.arraycopy(pixels, 0, target.update(null).getCurrentStorageArray(), 0, pixels.length);
		return target.update(null).getCurrentStorageArray();
	}

	/** A kernel of full rank. */
	@State(Scope.Benchmark)
	public static class DenseKernel {

		@Param({ "3", "5", "7" })
		int size;
		Kernel kernel;

		@Setup(Level.Trial)
		public void create() {
			kernel = Kernel.of(new int[] { size, size, size }, new Random(size).doubles((long) size * size * size, -1, 1)
				.toArray());
		}
	}

	@Benchmark
	public Object convolution(final DenseKernel k) {
		Convolution.with(k.kernel).border(Border.REPLICATE).apply(source, target);
		return target;
	}

	@Benchmark
	public Object gaussianSigma2() {
		final double[] g = Gaussian.samples(2);
		Convolution.with(Kernel.outer(g, g, g)).border(Border.REPLICATE).apply(source, target);
		return target;
	}
}
