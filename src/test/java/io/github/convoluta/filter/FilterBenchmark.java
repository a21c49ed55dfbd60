package io.github.convoluta.filter;

import java.util.Random;
import java.util.concurrent.TimeUnit;

import ij.plugin.filter.Convolver;
import ij.process.FloatProcessor;
import io.github.convoluta.kernel.Gaussian;
import io.github.convoluta.kernel.Kernel;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
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

/**
 * Filters on a float image of 2048x2048 pixels, beside OpenCV with as many threads, ImageJ's Convolver, and a copy of
 * the array as the limit that memory sets. All write into an existing image.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = { "-Xmx4g", "-Djava.awt.headless=true" })
public class FilterBenchmark {

	static final int SIZE = 2048;

	float[] pixels;
	ArrayImg<FloatType, FloatArray> source;
	ArrayImg<FloatType, FloatArray> target;
	ArrayImg<UnsignedByteType, ?> mask;
	Mat mat;
	Mat result;
	Mat second;
	Mat bytes;
	Mat edges;

	@Setup(Level.Trial)
	public void createImages() {
		final Random random = new Random(42);
		pixels = new float[SIZE * SIZE];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = 100 + 50 * (float) Math.sin(i % SIZE / 40.0) + random.nextFloat();
		source = ArrayImgs.floats(pixels, SIZE, SIZE);
		target = ArrayImgs.floats(SIZE, SIZE);
		mask = ArrayImgs.unsignedBytes(SIZE, SIZE);
		mat = new Mat(SIZE, SIZE, opencv_core.CV_32FC1);
		new FloatPointer(mat.data()).put(pixels);
		result = new Mat(SIZE, SIZE, opencv_core.CV_32FC1);
		second = new Mat(SIZE, SIZE, opencv_core.CV_32FC1);
		bytes = new Mat();
		edges = new Mat();
		mat.convertTo(bytes, opencv_core.CV_8UC1);
		opencv_core.setNumThreads(Runtime.getRuntime().availableProcessors());
	}

	@Benchmark
	public float[] copy() {
		System.arraycopy(pixels, 0, target.update(null).getCurrentStorageArray(), 0, pixels.length);
		return target.update(null).getCurrentStorageArray();
	}

	/** Convolution with a kernel of full rank. */
	@State(Scope.Benchmark)
	public static class DenseKernel {

		@Param({ "3", "7", "15", "31" })
		int size;
		float[] weights;
		Kernel kernel;
		Mat mat;

		@Setup(Level.Trial)
		public void create() {
			final Random random = new Random(size);
			final double[] values = random.doubles((long) size * size, -1, 1).map(v -> (float) v).toArray();
			kernel = Kernel.of(new int[] { size, size }, values);
			weights = new float[values.length];
			for (int i = 0; i < weights.length; i++)
				weights[i] = (float) values[i];
			mat = new Mat(size, size, opencv_core.CV_32FC1);
			new FloatPointer(mat.data()).put(weights);
		}
	}

	@Benchmark
	public Object convolution(final DenseKernel k) {
		Convolution.with(k.kernel).border(Border.REPLICATE).apply(source, target);
		return target;
	}

	@Benchmark
	public Object convolutionOpenCV(final DenseKernel k) {
		opencv_imgproc.filter2D(mat, result, opencv_core.CV_32F, k.mat, new Point(-1, -1), 0, opencv_core.BORDER_REPLICATE);
		return result;
	}

	@Benchmark
	@Measurement(iterations = 2, time = 1)
	@Warmup(iterations = 2, time = 1)
	public Object convolutionImageJ(final DenseKernel k) {
		final FloatProcessor ip = new FloatProcessor(SIZE, SIZE, pixels.clone());
		final Convolver convolver = new Convolver();
		convolver.setNormalize(false);
		convolver.convolveFloat(ip, k.weights, k.size, k.size);
		return ip;
	}

	/** Gaussian blur; both sides truncate at 4 sigma. */
	@State(Scope.Benchmark)
	public static class Sigma {

		@Param({ "2", "10" })
		double sigma;
		Kernel kernel;
		int width;

		@Setup(Level.Trial)
		public void create() {
			kernel = Kernel.outer(Gaussian.samples(sigma), Gaussian.samples(sigma));
			width = kernel.size(0);
		}
	}

	@Benchmark
	public Object gaussian(final Sigma s) {
		Convolution.with(s.kernel).border(Border.REPLICATE).apply(source, target);
		return target;
	}

	@Benchmark
	public Object gaussianOpenCV(final Sigma s) {
		opencv_imgproc.GaussianBlur(mat, result, new Size(s.width, s.width), s.sigma, s.sigma, opencv_core.BORDER_REPLICATE,
			opencv_core.ALGO_HINT_ACCURATE);
		return result;
	}

	@Benchmark
	public Object sobelMagnitude() {
		Gradient.of(Gradient.Operator.SOBEL, 2).magnitude(source, Border.REPLICATE, target, Monitor.NONE);
		return target;
	}

	@Benchmark
	public Object sobelMagnitudeOpenCV() {
		opencv_imgproc.Sobel(mat, result, opencv_core.CV_32F, 1, 0, 3, 1, 0, opencv_core.BORDER_REPLICATE);
		opencv_imgproc.Sobel(mat, second, opencv_core.CV_32F, 0, 1, 3, 1, 0, opencv_core.BORDER_REPLICATE);
		opencv_core.magnitude(result, second, result);
		return result;
	}

	@Benchmark
	public Object canny() {
		new Canny(Gradient.gaussian(2, 2), 1, 3).apply(source, Border.REPLICATE, mask, Monitor.NONE);
		return mask;
	}

	/** OpenCV's detector does not smooth by itself and takes 8-bit images: the float image is smoothed, then converted. */
	@Benchmark
	public Object cannyOpenCV() {
		opencv_imgproc.GaussianBlur(mat, second, new Size(17, 17), 2, 2, opencv_core.BORDER_REPLICATE,
			opencv_core.ALGO_HINT_ACCURATE);
		second.convertTo(bytes, opencv_core.CV_8UC1);
		opencv_imgproc.Canny(bytes, edges, 8, 24, 3, true);
		return edges;
	}

	/** Maximum over windows at every pixel. */
	@State(Scope.Benchmark)
	public static class Window {

		@Param({ "2", "3" })
		int window;
		Mat element;
		ArrayImg<FloatType, FloatArray> target;

		@Setup(Level.Trial)
		public void create() {
			target = ArrayImgs.floats(SIZE - window + 1, SIZE - window + 1);
			element = opencv_imgproc.getStructuringElement(opencv_imgproc.MORPH_RECT, new Size(window, window));
		}
	}

	@Benchmark
	public Object pooling(final Window w) {
		Pooling.of(Pooling.Operation.MAX, w.window, w.window).stride(1, 1).apply(source, w.target, Monitor.NONE);
		return w.target;
	}

	@Benchmark
	public Object poolingOpenCV(final Window w) {
		opencv_imgproc.dilate(mat, result, w.element, new Point(-1, -1), 1, opencv_core.BORDER_REPLICATE, Scalar.all(0));
		return result;
	}
}
