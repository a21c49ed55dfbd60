package io.github.convoluta.command;

import java.util.Arrays;
import java.util.stream.Collectors;

import ij.measure.Calibration;
import io.github.convoluta.filter.Edges;
import io.github.convoluta.image.ImageFilter.Output;
import io.github.convoluta.image.SpatialAxes;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Gradients, Laplacians and Canny's edges. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Edges n-D...", label = "Edges n-D...",
	headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "12"),
	description = "Finds edges: the length, components or direction of the gradient, the Laplacian and its zero crossings, or thin connected edges by Canny's method.")
@Form(order = "operator result sigma unit low high axes border output folder", when = {
	"sigma unit: operator=gaussian|log|canny", "low: operator=canny, result=crossings", "high: operator=canny",
	"output: operator=sobel|prewitt|scharr|roberts|gaussian|laplacian|log" })
public class EdgesCommand extends BorderedFilterCommand {

	@Parameter(label = "Operator", choices = { "sobel", "prewitt", "scharr", "roberts", "gaussian", "laplacian", "log",
		"canny" }, description = "how edges are found; gaussian, log and canny smooth by sigma")
	private String operator = "sobel";

	@Parameter(label = "Result", choices = { "default", "magnitude", "x", "y", "z", "direction", "response", "crossings",
		"edges" },
		description = "default is response for laplacian and log, edges for canny, magnitude for all others; direction is in degrees, counter-clockwise from x")
	private String result = "default";

	@Parameter(label = "Sigma", min = "0",
		description = "width of the Gaussian, for gaussian, log and canny; 0.1 to 500 pixels")
	private double sigma = 1;

	@Parameter(label = "Unit of sigma", choices = { "pixels", "calibrated" },
		description = "calibrated: in the image's unit, so that anisotropic voxels are smoothed alike")
	private String unit = "pixels";

	@Parameter(label = "Low threshold", min = "0", description = "canny: weak edges; crossings: least difference across")
	private double low = 2;

	@Parameter(label = "High threshold", min = "0", description = "canny: strong edges, to which weak ones must connect")
	private double high = 5;

	/** Made by the host. */
	public EdgesCommand() {
		super("replicate");
	}

	@Override
	Filtering plan() {
		final SpatialAxes along = along();
		final Edges.Operator detector = Keys.choice("operator", operator, Edges.Operator.class);
		final Edges.Result shown = result.equalsIgnoreCase("default") ? detector.results()[0] : Keys.choice("result", result,
			Edges.Result.class);
		final Edges edges = Edges.of(detector, along.count()).sigma(sigmas(along)).thresholds(Keys.number("low", low, 0,
			Float.MAX_VALUE), Keys.number("high", high, 0, Float.MAX_VALUE)).border(border(0)).result(shown);
		final Filtering plan = plan(edges);
		return edges.isMask() ? plan.with(Output.MASK) : plan;
	}

	private double[] sigmas(final SpatialAxes along) {
		final double[] sigmas = new double[along.count()];
		Arrays.fill(sigmas, sigma);
		if (Keys.choice("unit", unit, Unit.class) == Unit.CALIBRATED) {
			final Calibration c = image.getCalibration();
			final double[] spacing = { c.pixelWidth, c.pixelHeight, along == SpatialAxes.XYT ? c.frameInterval : c.pixelDepth };
			for (int d = 0; d < sigmas.length; d++) {
				if (!(spacing[d] > 0)) throw new IllegalArgumentException(
					"unit=calibrated needs a calibrated image, but the spacing along " + along.name().charAt(d) + " is " + spacing[d] +
						". Set it in Image>Properties, or use unit=pixels.");
				sigmas[d] /= spacing[d];
			}
		}
		// Along thick slices it may be less than a pixel can show; then these are not smoothed.
		final double largest = Arrays.stream(sigmas).max().orElse(0);
		if (!(largest >= SMALLEST && largest <= LARGEST)) throw new IllegalArgumentException("sigma=" + sigma +
			" is out of range; allowed is " + SMALLEST + " to " + LARGEST + " pixels" + (sigmas[0] == sigma ? ""
				: ", but these are " + Arrays.stream(sigmas).mapToObj(Double::toString).collect(Collectors.joining(" x "))) + ".");
		return sigmas;
	}

	/** Limits of sigma in pixels. */
	private static final double SMALLEST = 0.1, LARGEST = 500;

	private enum Unit {
		PIXELS, CALIBRATED
	}

	@Override
	String suffix() {
		return "edges";
	}
}
