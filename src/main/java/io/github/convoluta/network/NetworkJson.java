package io.github.convoluta.network;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Networks as JSON. The document carries a format number; documents of older numbers keep opening, newer ones are refused
 * with a message.
 */
public final class NetworkJson {

	/** The number written into documents. */
	public static final int FORMAT = 1;

	private static final int LONGEST = 200;
	private static final Pattern MISSING = Pattern.compile("Missing (?:required )?creator property '(\\w+)'");

	private static final ObjectMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).enable(
		DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
		DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS).disable(
			DeserializationFeature.ACCEPT_FLOAT_AS_INT).enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).disable(
				MapperFeature.ALLOW_COERCION_OF_SCALARS).registerSubtypes(Layer.class.getPermittedSubclasses()).enable(
					StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

	private record Document(int format, String name, int dimensions, int channels, List<Network.Node> layers) {}

	private NetworkJson() {}

	/**
	 * {@return the network as indented JSON}
	 *
	 * @param network any
	 */
	public static String write(final Network network) {
		try {
			return MAPPER.writeValueAsString(new Document(FORMAT, network.name(), network.dimensions(), network.channels(), network
				.nodes())) + "\n";
		}
		catch (final JsonProcessingException e) {
			throw new IllegalStateException(e);
		}
	}

	/**
	 * Reads what {@link #write} wrote.
	 *
	 * @param json as {@link #write} writes it
	 * @return the network
	 * @throws IllegalArgumentException if the text is no network, or of a newer format; the message names the place
	 */
	public static Network read(final String json) {
		try {
			final JsonNode root = MAPPER.readTree(json);
			if (root == null || !root.isObject()) throw new IllegalArgumentException(
				"This is no network description: it is no JSON object in braces.");
			checkFormat(root.get("format"));
			final Document document = MAPPER.readValue(json, Document.class);
			return new Network(document.name(), document.dimensions(), document.channels(), document.layers());
		}
		catch (final JsonProcessingException e) {
			throw new IllegalArgumentException("The network description can't be read" + place(e) + ": " + reason(e), e);
		}
	}

	private static void checkFormat(final JsonNode format) {
		if (format == null) throw new IllegalArgumentException("This is no network description: it has no \"format\" number.");
		if (!format.isIntegralNumber() || format.bigIntegerValue().signum() < 1) throw new IllegalArgumentException(
			"The network description has \"format\": " + brief(format.toString()) + ", which must be a whole number from 1 to " +
				FORMAT + ".");
		if (format.bigIntegerValue().compareTo(BigInteger.valueOf(FORMAT)) > 0) throw new IllegalArgumentException(
			"The network description has format " + brief(format.toString()) + ", but this version reads up to " + FORMAT +
				". Update the plugin.");
	}

	/** Line and path of a mistake, such as {@code (line 12, layers[3].layer.stride)}. */
	private static String place(final JsonProcessingException e) {
		final List<String> parts = new ArrayList<>();
		if (e.getLocation() != null && e.getLocation().getLineNr() > 0) parts.add("line " + e.getLocation().getLineNr());
		if (e instanceof final JsonMappingException mapping && !mapping.getPath().isEmpty()) {
			final StringBuilder path = new StringBuilder();
			for (final JsonMappingException.Reference r : mapping.getPath())
				path.append(r.getFieldName() == null ? "[" + r.getIndex() + "]" : (path.isEmpty() ? "" : ".") + brief(r
					.getFieldName()));
			parts.add(path.toString());
		}
		return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
	}

	/** What is wrong, without names of this program's classes. */
	private static String reason(final JsonProcessingException e) {
		if (e instanceof final UnrecognizedPropertyException u) return "\"" + brief(u.getPropertyName()) +
			"\" is not known here; known are " + u.getKnownPropertyIds() + ".";
		if (e instanceof final InvalidTypeIdException t) return t.getTypeId() == null
			? "a layer needs its kind, such as \"layer\": \"convolution\"." : "\"" + brief(t.getTypeId()) +
				"\" is no kind of layer.";
		if (e instanceof ValueInstantiationException && e.getCause() instanceof final IllegalArgumentException cause)
			return cause.getMessage();
		if (e instanceof final MismatchedInputException m) {
			final String message = m.getOriginalMessage();
			final Matcher missing = MISSING.matcher(message);
			if (missing.find()) return "\"" + missing.group(1) + "\" is missing.";
			if (message.contains("map `null`")) return expected(m.getTargetType()) + " is missing.";
			return "the value does not fit; " + expected(m.getTargetType()) + " is expected.";
		}
		return brief(e.getOriginalMessage());
	}

	private static String expected(final Class<?> type) {
		if (type == null) return "something else";
		if (type == int.class || type == Integer.class) return "a whole number";
		if (type == double.class || type == Double.class) return "a number";
		if (type == boolean.class) return "true or false";
		if (type == String.class) return "a text";
		if (type.isEnum()) return "one of " + Arrays.toString(type.getEnumConstants());
		return List.class.isAssignableFrom(type) ? "a list" : "an object in braces";
	}

	private static String brief(final String text) {
		return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
	}
}
