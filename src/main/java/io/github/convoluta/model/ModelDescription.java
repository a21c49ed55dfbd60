package io.github.convoluta.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.convoluta.network.Citation;
import io.github.convoluta.network.Halo;
import io.github.convoluta.network.Network;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * The document {@code rdf.yaml} of a model file, in the BioImage Model Zoo's format 0.5. What only this program needs is
 * under {@code config: convoluta}.
 */
final class ModelDescription {

	/** Number of this program's own part of the document. */
	static final int FORMAT = 1;

	private static final String INPUT = "raw", OUTPUT = "result", UNKNOWN = "unknown";
	private static final int MOST_CHARACTERS = 1024;
	/** Added to scales, which the format wants to be more than 0: too small to count beside any, as samples may be in amperes. */
	private static final double EPSILON = 1e-37;

	private ModelDescription() {}

	/** Checksums of the files that the document names; null for a test output that the machine could not compute. */
	record Checksums(String weights, String testInput, String testOutput) {}

	static String write(final TrainedModel model, final Checksums sums) {
		final Map<String, Object> m = new LinkedHashMap<>();
		m.put("format_version", "0.5.7");
		m.put("type", "model");
		m.put("name", model.about().name());
		m.put("description", shortened(model.about().description()));
		final Credits credits = model.about().credits();
		m.put("authors", (credits.authors().isEmpty() ? List.of(UNKNOWN) : credits.authors()).stream().map(a -> map("name", a))
			.toList());
		m.put("cite", List.of(cited(model)));
		if (!credits.license().isEmpty()) m.put("license", credits.license());
		m.put("documentation", "README.md");
		m.put("covers", List.of("cover.png"));
		m.put("tags", tags(model));
		m.put("timestamp", model.about().created());
		m.put("inputs", List.of(map("id", INPUT, "axes", inputAxes(model), "data", map("type", "float32"), "test_tensor", map(
			"source", ModelFile.TEST_INPUT, "sha256", sums.testInput()), "preprocessing", preprocessing(model))));
		m.put("outputs", List.of(output(model, sums.testOutput())));
		m.put("weights", map("torchscript", map("source", ModelFile.WEIGHTS, "sha256", sums.weights(), "pytorch_version",
			"1.13.1")));
		m.put("config", map("convoluta", config(model)));
		final DumperOptions options = new DumperOptions();
		options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
		options.setAllowUnicode(true);
		options.setSplitLines(false);
		return new Yaml(new Representer(options), options).dump(m);
	}

	private static Map<String, Object> output(final TrainedModel model, final String checksum) {
		final Map<String, Object> output = map("id", OUTPUT, "axes", outputAxes(model), "data", map("type", "float32"));
		if (checksum != null) output.put("test_tensor", map("source", ModelFile.TEST_OUTPUT, "sha256", checksum));
		return output;
	}

	/** The format takes fewer than 1024 characters. */
	private static String shortened(final String description) {
		if (description.length() < MOST_CHARACTERS) return description;
		final int end = description.offsetByCodePoints(0, description.codePointCount(0, MOST_CHARACTERS - 5));
		return description.substring(0, end) + "...";
	}

	/** The network's publication, or this program for networks that have none. */
	private static Map<String, Object> cited(final TrainedModel model) {
		return Citation.of(model.network(), model.classes().size()).map(c -> map("text", c.text(), "doi", c.doi())).orElseGet(
			() -> map("text", "Convoluta", "url", "https://imagej.net/plugins/convoluta"));
	}

	private static List<String> tags(final TrainedModel model) {
		return List.of(model.task().name().toLowerCase(Locale.ROOT), model.network().dimensions() + "d", "convoluta");
	}

	private static Map<String, Object> config(final TrainedModel model) {
		final Map<String, Object> c = new LinkedHashMap<>();
		c.put("format", FORMAT);
		c.put("task", model.task().name().toLowerCase(Locale.ROOT));
		c.put("axes", model.axes());
		c.put("classes", model.classes());
		if (!model.labels().isEmpty()) c.put("labels", model.labels());
		c.put("patch", model.patch());
		c.put("pixel_size", model.pixelSize());
		c.put("unit", model.unit());
		if (model.normalization() instanceof final Normalization.Fixed f) c.put("normalization", map("offsets", f.offsets(),
			"scales", f.scales()));
		else c.put("normalization", map("per_image", ((Normalization.PerImage) model.normalization()).method().text()));
		return c;
	}

	private static List<Object> inputAxes(final TrainedModel model) {
		final List<Object> axes = new ArrayList<>();
		axes.add(map("type", "batch", "id", "batch"));
		axes.add(map("type", "channel", "id", "channel", "channel_names", names("channel", model.network().channels())));
		final int[] step = model.network().divisor();
		for (int d = model.network().dimensions() - 1; d >= 0; d--) {
			// A network with dense layers takes one size only, and a classifier was trained with one.
			final Object size = model.network().isDense() ? map("min", model.patch().get(d), "step", step[d]) : model.patch().get(
				d);
			axes.add(axis(model.axes().charAt(d), "size", size));
		}
		return axes;
	}

	private static List<Object> outputAxes(final TrainedModel model) {
		final List<Object> axes = new ArrayList<>();
		axes.add(map("type", "batch", "id", "batch"));
		axes.add(map("type", "channel", "id", "channel", "channel_names", identifiers(model.classes())));
		if (!model.network().isDense()) return axes;
		final int[] halo = halo(model.network(), model.patchExtents());
		for (int d = model.network().dimensions() - 1; d >= 0; d--) {
			final char letter = model.axes().charAt(d);
			axes.add(axis(letter, "halo", halo[d], "size", map("tensor_id", INPUT, "axis_id", id(letter))));
		}
		return axes;
	}

	/**
	 * What a result needs on the side where it needs more, because the format has one number for both; but at most a quarter
	 * of the patch, so that something is left of it.
	 */
	private static int[] halo(final Network network, final int[] patch) {
		final int[] halo = Halo.of(network).larger();
		for (int d = 0; d < halo.length; d++)
			halo[d] = Math.min(halo[d], patch[d] / 4);
		return halo;
	}

	private static Map<String, Object> axis(final char letter, final Object... further) {
		final Map<String, Object> axis = map("type", letter == 'T' ? "time" : "space", "id", id(letter));
		axis.putAll(map(further));
		return axis;
	}

	private static String id(final char letter) {
		return String.valueOf(letter).toLowerCase(Locale.ROOT);
	}

	private static List<String> names(final String prefix, final int n) {
		final List<String> names = new ArrayList<>();
		for (int i = 0; i < n; i++)
			names.add(prefix + i);
		return names;
	}

	/** Names that the format allows: letters, digits and underscores, no digit first, none twice. */
	static List<String> identifiers(final List<String> classes) {
		final List<String> result = new ArrayList<>();
		for (final String name : classes) {
			String id = name.replaceAll("[^A-Za-z0-9_]", "_");
			if (!id.matches("[A-Za-z_].*")) id = "class_" + id;
			while (result.contains(id))
				id += "_";
			result.add(id);
		}
		return result;
	}

	private static List<Object> preprocessing(final TrainedModel model) {
		final List<Object> steps = new ArrayList<>();
		final String[] axes = new StringBuilder(model.axes().toLowerCase(Locale.ROOT)).reverse().toString().split("");
		if (model.normalization() instanceof final Normalization.Fixed f) {
			final boolean one = f.offsets().size() == 1;
			final Map<String, Object> numbers = one ? map("mean", f.offsets().get(0), "std", f.scales().get(0)) : map("mean", f
				.offsets(), "std", f.scales(), "axis", "channel");
			steps.add(map("id", "fixed_zero_mean_unit_variance", "kwargs", numbers));
		}
		else if (((Normalization.PerImage) model.normalization()).method() instanceof final Normalization.Method.Percentiles p)
			steps.add(map("id", "scale_range", "kwargs", map("axes", Arrays.asList(axes), "min_percentile", p.low(),
				"max_percentile", p.high(), "eps", EPSILON)));
		else if (((Normalization.PerImage) model.normalization()).method() instanceof Normalization.Method.ZeroMean) steps.add(
			map("id", "zero_mean_unit_variance", "kwargs", map("axes", Arrays.asList(axes), "eps", EPSILON)));
		return steps;
	}

	private static Map<String, Object> map(final Object... keysAndValues) {
		final Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2)
			map.put((String) keysAndValues[i], keysAndValues[i + 1]);
		return map;
	}

	/** What a document says, with errors that name what is missing. */
	static final class Reader {

		private final Map<?, ?> root;

		Reader(final String yaml) {
			root = load(yaml);
			final Object format = format(root);
			if (!(format instanceof final Integer number)) throw new IllegalArgumentException(
				"it was not written by this program: it has no format number under config, convoluta");
			if (number > FORMAT) throw new IllegalArgumentException("it has format " + number + ", but this version reads up to " +
				FORMAT + ". Update the plugin");
		}

		/** Whether this program wrote a document, be it a newer version. */
		static boolean isOurs(final String yaml) {
			return format(load(yaml)) instanceof Integer;
		}

		private static Map<?, ?> load(final String yaml) {
			try {
				final Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
				if (!(loaded instanceof final Map<?, ?> map)) throw new IllegalArgumentException("it is no list of keys");
				return map;
			}
			catch (final YAMLException e) {
				throw new IllegalArgumentException(e.getMessage(), e);
			}
		}

		private static Object format(final Map<?, ?> root) {
			return root.get("config") instanceof final Map<?, ?> config && config.get("convoluta") instanceof final Map<?, ?> ours
				? ours.get("format") : null;
		}

		private Object value(final String... path) {
			Object at = root;
			for (final String key : path)
				at = at instanceof final Map<?, ?> map ? map.get(key) : null;
			return at;
		}

		private Object required(final String... path) {
			final Object value = value(path);
			if (value == null) throw new IllegalArgumentException("it has no " + String.join(", ", path));
			return value;
		}

		String text(final String... path) {
			return required(path).toString();
		}

		Credits credits() {
			final List<String> authors = new ArrayList<>();
			if (value("authors") instanceof final List<?> list) for (final Object item : list)
				if (item instanceof final Map<?, ?> map && map.get("name") != null && !map.get("name").equals(UNKNOWN)) authors.add(
					map.get("name").toString());
			return new Credits(authors, value("license") == null ? "" : value("license").toString());
		}

		String checksum(final String... path) {
			return text(path).toLowerCase(Locale.ROOT);
		}

		<T> List<T> list(final Class<T> type, final String... path) {
			if (!(required(path) instanceof final List<?> list)) throw new IllegalArgumentException(String.join(", ", path) +
				" is no list");
			final List<T> result = new ArrayList<>();
			for (final Object item : list) {
				final Object value = type == Double.class && item instanceof final Number n ? (Object) n.doubleValue()
					: type == String.class ? item.toString() : item;
				if (!type.isInstance(value)) throw new IllegalArgumentException("\"" + item + "\" in " + String.join(", ", path) +
					" is wrong");
				result.add(type.cast(value));
			}
			return result;
		}

		List<Long> labels() {
			if (value("config", "convoluta", "labels") == null) return List.of();
			return list(Number.class, "config", "convoluta", "labels").stream().map(Number::longValue).toList();
		}

		Normalization normalization() {
			final Object method = value("config", "convoluta", "normalization", "per_image");
			return method != null ? new Normalization.PerImage(Normalization.Method.parse(method.toString()))
				: new Normalization.Fixed(list(Double.class, "config", "convoluta", "normalization", "offsets"), list(Double.class,
					"config", "convoluta", "normalization", "scales"));
		}

		/** First checksum of a list of tensors' test arrays. */
		String tensorChecksum(final String tensors) {
			final Object first = required(tensors) instanceof final List<?> list && !list.isEmpty() ? list.get(0) : null;
			final Object tensor = first instanceof final Map<?, ?> map ? map.get("test_tensor") : null;
			final Object sum = tensor instanceof final Map<?, ?> map ? map.get("sha256") : null;
			if (sum == null) throw new IllegalArgumentException("it has no test tensor in " + tensors);
			return sum.toString().toLowerCase(Locale.ROOT);
		}
	}
}
