package io.github.convoluta.command;

import java.util.Arrays;

import ij.ImagePlus;
import io.github.convoluta.filter.Convolution;
import io.github.convoluta.filter.Filter;
import io.github.convoluta.filter.Padding;
import io.github.convoluta.image.KernelImages;
import io.github.convoluta.image.OpenImages;
import io.github.convoluta.image.SourceImage;
import io.github.convoluta.image.SpatialAxes;
import io.github.convoluta.kernel.Kernel;
import io.github.convoluta.kernel.KernelNormalization;
import io.github.convoluta.kernel.KernelSource;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.TextWidget;

/** Correlation or convolution with any kernel. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Convolve n-D...", label = "Convolve n-D...",
	headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "11"),
	description = "Slides a kernel over the image: each result is the weighted sum of the pixels under it. The kernel is text (rows end with a line break or ;), a file, an open image, or a name such as gaussian 2.")
@Form(
	order = "kernel operation axes padding border value stride dilation channels method normalize divisor offset output folder",
	when = { "border: padding=same|full", "value: border=constant" })
public class ConvolveCommand extends BorderedFilterCommand {

	/** What dialogs propose. */
	static final String KERNELS =
		"identity|box 3|gaussian 2|sharpen|unsharp 2 0.6|emboss|sobel x|sobel y|prewitt x|scharr x|" +
			"roberts 1|kirsch north|laplacian|log 2|dog 1 2|line horizontal|motion 9 30|gabor 3 8 45|average 5";

	/** Of the key {@code normalize}, which {@link ShowKernelCommand} has too. */
	static final String NORMALIZE = "divide the kernel by the sum of its weights, or of their absolute values";

	@Parameter(label = "Kernel", attrs = { @Attr(name = Field.SUGGESTIONS, value = KERNELS), @Attr(name = Field.TAKES,
		value = "image|file") }, style = TextWidget.AREA_STYLE,
		description = "weights in rows, separated by ;, or a file's path, an open image's title, or a name from the catalogue with its arguments")
	private String kernel = "1 0 -1; 1 0 -1; 1 0 -1";

	@Parameter(label = "Operation", choices = { "correlation", "convolution" },
		description = "correlation uses the kernel as written, convolution mirrors it")
	private String operation = "correlation";

	@Parameter(label = "Padding", choices = { "same", "valid", "full" },
		description = "same keeps the size, valid keeps only windows inside the image, full all that touch it")
	private String padding = "same";

	@Parameter(label = "Value of constant border", description = "for border=constant")
	private double value;

	@Parameter(label = "Stride", attrs = @Attr(name = Field.UNIT, value = "pixels"),
		description = "pixels from window to window; one number, or one per axis, x first")
	private String stride = "1";

	@Parameter(label = "Dilation", attrs = @Attr(name = Field.UNIT, value = "pixels"),
		description = "pixels between the kernel's taps; one number, or one per axis, x first")
	private String dilation = "1";

	@Parameter(label = "Channels", choices = { "each", "sum" },
		description = "each channel by itself, or all summed, with one kernel slice per channel")
	private String channels = "each";

	@Parameter(label = "Method", choices = { "automatic", "direct", "separable", "fourier" },
		description = "how the sums are computed; all agree within rounding, direct equals ImageJ's Convolver to the last bit")
	private String method = "automatic";

	@Parameter(label = "Normalize", choices = { "none", "sum", "absolute" }, description = NORMALIZE)
	private String normalize = "none";

	@Parameter(label = "Divisor", description = "the sum is divided by it; not 0")
	private double divisor = 1;

	@Parameter(label = "Offset", description = "added to every result")
	private double offset;

	/** Made by the host. */
	public ConvolveCommand() {
		super("zero");
	}

	@Override
	Filtering plan() {
		final SpatialAxes along = along();
		final Channels together = Keys.choice("channels", channels, Channels.class);
		if (divisor == 0) throw new IllegalArgumentException("divisor=0 is not allowed; give a number other than 0.");
		final int n = along.count();
		final boolean sum = together == Channels.SUM;
		final Kernel given = sum ? perChannel(n) : Keys.meaning("kernel", kernel, () -> resolved(n).squeezedTo(n));
		// Weights that 32-bit numbers can't hold are brought near 1, and the results back.
		final double unit = given.largest() < SMALLEST && given.largest() > 0 ? given.largest() : 1;
		final Kernel k = unit == 1 ? given : given.times(1 / unit);
		final double factor = Keys.choice("normalize", normalize, KernelNormalization.class).factor(given) * unit / divisor;
		if (!(Math.abs(factor) <= Float.MAX_VALUE)) throw new IllegalArgumentException("divisor=" + divisor +
			" is too small: results would be multiplied by " + factor + ", which must be within 3.4e38.");
		final Padding pad = Keys.choice("padding", padding, Padding.class);
		final int dims = Math.max(2, n);
		final Padding[] pads = new Padding[dims + 1];
		final int[] strides = new int[dims + 1], dilations = new int[dims + 1];
		Arrays.fill(pads, pad);
		Arrays.fill(strides, 1);
		Arrays.fill(dilations, 1);
		pads[dims] = Padding.VALID;
		if (n == 1) pads[1] = Padding.VALID;
		System.arraycopy(Keys.perAxis("stride", stride, n, 1), 0, strides, 0, n);
		System.arraycopy(Keys.perAxis("dilation", dilation, n, 1), 0, dilations, 0, n);
		final Filter filter = Convolution.with(k).operation(Keys.choice("operation", operation, Convolution.Operation.class))
			.padding(pads).border(border(Keys.sample("value", value))).stride(strides).dilation(dilations).method(Keys.choice(
				"method", method, Convolution.Method.class)).scale(factor, Keys.sample("offset", offset));
		return plan(along, sum, filter);
	}

	/** Smaller weights lose digits as 32-bit numbers. */
	private static final double SMALLEST = 1e-30;

	private enum Channels {
		EACH, SUM
	}

	private Kernel resolved(final int n) {
		final ImagePlus open = OpenImages.titled("kernel", kernel.strip());
		return Keys.meaning("kernel", kernel, () -> open == null ? KernelSource.resolve(kernel, n) : KernelImages.toKernel(
			open));
	}

	/** The kernel with channels as its last axis; slices beyond the spatial axes are channels, or all use the same. */
	private Kernel perChannel(final int n) {
		final int count = new SourceImage(image, false).channels();
		final int dims = Math.max(2, n);
		final Kernel given = resolved(n);
		if (given.numDimensions() <= n) {
			final Kernel flat = given.squeezedTo(dims);
			final double[] values = new double[flat.count() * count];
			for (int i = 0; i < values.length; i++)
				values[i] = flat.valueAt(i % flat.count());
			return withChannels(flat, count, values);
		}
		final int slices = given.size(given.numDimensions() - 1);
		if (slices != count) throw new IllegalArgumentException(
			"channels=sum needs one kernel slice per channel: the image has " + count + " channels, but the kernel has " + slices +
				" slices.");
		final int[] size = Arrays.copyOf(given.size(), n);
		final Kernel one = Kernel.of(size, new double[Arrays.stream(size).reduce(1, (a, b) -> a * b)]).squeezedTo(dims);
		return withChannels(one, count, given.values());
	}

	private static Kernel withChannels(final Kernel spatial, final int channels, final double[] values) {
		final int[] size = Arrays.copyOf(spatial.size(), spatial.numDimensions() + 1);
		size[size.length - 1] = channels;
		return Kernel.of(size, values);
	}

	/** Only results of the same size fit over the image. */
	@Override
	public boolean canPreview() {
		return padding.equals("same") && stride.strip().matches("1([\\s,]+1)*");
	}

	@Override
	String suffix() {
		return "convolved";
	}
}
