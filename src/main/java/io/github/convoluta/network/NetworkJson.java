package io.github.convoluta.network;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Networks as JSON. The document carries a format number; documents of older numbers keep opening, newer ones are refused
 * with a message.
 */
public final class NetworkJson {

	/** The number written into documents. */
	public static final int FORMAT = 1;

	private static final ObjectMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).enable(
		DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
		.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT).enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();

	private record Document(int format, String name, int dimensions, int channels, List<Network.Node> layers) {}

	private NetworkJson() {}

	/** The network as indented JSON. */
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
	 * @throws IllegalArgumentException if the text is no network, or of a newer format; the message names the place
	 */
	public static Network read(final String json) {
		try {
			final int format = MAPPER.readTree(json).path("format").asInt(0);
			if (format < 1) throw new IllegalArgumentException("This is no network description: it has no \"format\" number.");
			if (format > FORMAT) throw new IllegalArgumentException("The network description has format " + format +
				", but this version reads up to " + FORMAT + ". Update the plugin.");
			final Document document = MAPPER.readValue(json, Document.class);
			return new Network(document.name(), document.dimensions(), document.channels(), document.layers());
		}
		catch (final JsonProcessingException e) {
			final Throwable cause = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
			final String place = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
			throw new IllegalArgumentException("The network description can't be read" + place + ": " + (cause == e ? e
				.getOriginalMessage() : cause.getMessage()), e);
		}
	}
}
