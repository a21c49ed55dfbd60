package io.github.convoluta.torch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import io.github.convoluta.engine.OptimizerState;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;

/**
 * Writes a network with its weights as a TorchScript archive of version 10, which {@code torch.jit.load} reads from
 * PyTorch 1.13 on: a zip of code, a pickle of the module, and one raw little-endian file per array. Or the weights alone
 * as a {@code state_dict}, which {@code torch.load(weights_only=True)} reads.
 */
final class TorchArchive {

	/** Folder within the archive that everything is in. */
	private static final String ROOT = "net/";
	/**
	 * Time of all entries, so that the same network always gives the same bytes. A month later than the earliest of all, to
	 * which Java adds a second time that depends on the time zone.
	 */
	private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);
	/** Bytes of the arrays of a network that is handed to libtorch: an array of Java holds the archive, with its code. */
	static final long MOST_BYTES = Integer.MAX_VALUE - (16L << 20);
	private static final byte[] NO_CONSTANTS = { (byte) 0x80, 2, ')', '.' };

	private final Network network;
	private final Weights weights;
	private final ForwardStyle style;
	private final List<StoredTensor> storages = new ArrayList<>();
	private final PickleWriter pickle = new PickleWriter();

	private TorchArchive(final Network network, final Weights weights, final ForwardStyle style) {
		this.network = network;
		this.weights = weights;
		this.style = style;
	}

	/** Writes a network to share; the stream stays open. */
	static void write(final Network network, final Weights weights, final OutputStream target) throws IOException {
		write(network, weights, ForwardStyle.PORTABLE, "", null, target);
	}

	/** Writes weights without code, by their names; the stream stays open. */
	static void writeStateDict(final Weights weights, final OutputStream target) throws IOException {
		final TorchArchive archive = new TorchArchive(null, weights, ForwardStyle.PORTABLE);
		archive.pickle.dictionary();
		for (int i = 0; i < weights.parameters().size(); i++) {
			archive.pickle.key(weights.parameters().get(i).name());
			archive.weight(i);
		}
		archive.pickle.endDictionary();
		archive.zip("3\n", null, target);
	}

	/**
	 * Reads the weights of an archive that {@link #write(Network, Weights, OutputStream)} made for a network with these
	 * parameters.
	 *
	 * @throws IllegalArgumentException if an array is missing or has another size
	 */
	static Weights readWeights(final List<Parameter> parameters, final byte[] archive) throws IOException {
		final float[][] arrays = new float[parameters.size()][];
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				if (!entry.getName().matches(ROOT + "data/\\d{1,6}")) continue;
				final int i = Integer.parseInt(entry.getName().substring((ROOT + "data/").length()));
				if (i >= arrays.length) throw new IllegalArgumentException("its weights are those of another network");
				final byte[] bytes = zip.readNBytes(4 * parameters.get(i).count() + 1);
				if (bytes.length != 4 * parameters.get(i).count()) throw new IllegalArgumentException("the weights " + parameters
					.get(i).name() + " have " + bytes.length + " bytes, but the network needs " + 4 * parameters.get(i).count());
				arrays[i] = new float[parameters.get(i).count()];
				ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(arrays[i]);
			}
		}
		for (int i = 0; i < arrays.length; i++)
			if (arrays[i] == null) throw new IllegalArgumentException("the weights " + parameters.get(i).name() + " are missing");
		return new Weights(parameters, List.of(arrays));
	}

	/**
	 * Writes a network for this engine.
	 *
	 * @param methods further methods of the class {@code Net} in serialised TorchScript
	 * @param state becomes the attributes {@code m}, {@code v} and {@code steps}; or null
	 */
	static void write(final Network network, final Weights weights, final ForwardStyle style, final String methods,
		final OptimizerState state, final OutputStream target) throws IOException
	{
		final TorchArchive archive = new TorchArchive(network, weights, style);
		archive.module(state);
		archive.zip("10\n", archive.code(methods, state != null), target);
	}

	private void zip(final String version, final String code, final OutputStream target) throws IOException {
		final ZipOutputStream zip = new ZipOutputStream(target);
		// What comes first tells PyTorch what kind of file this is.
		store(zip, "data.pkl", pickle.end());
		if (code != null) {
			store(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
			store(zip, "constants.pkl", NO_CONSTANTS);
		}
		store(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
		for (int i = 0; i < storages.size(); i++)
			store(zip, "data/" + i, storages.get(i).bytes());
		store(zip, "version", version.getBytes(StandardCharsets.US_ASCII));
		zip.finish();
	}

	/** Indices of the arrays of each layer, by the layer's name. */
	private Map<String, List<Integer>> modules() {
		final Map<String, List<Integer>> modules = new LinkedHashMap<>();
		for (int i = 0; i < weights.parameters().size(); i++) {
			final String name = weights.parameters().get(i).name();
			modules.computeIfAbsent(name.substring(0, name.indexOf('.')), m -> new ArrayList<>()).add(i);
		}
		return modules;
	}

	private ArraysClass type(final List<Integer> arrays) {
		return ArraysClass.of(arrays.stream().map(weights.parameters()::get).toList());
	}

	private String code(final String methods, final boolean withState) {
		final StringBuilder s = new StringBuilder(ArraysClass.code(modules().values().stream().map(this::type))).append("""
				class Net(Module):
				  __parameters__ = []
				  __buffers__ = []
				  training : bool
				""");
		modules().forEach((name, arrays) -> s.append("  ").append(name).append(" : __torch__.").append(type(arrays).name())
			.append('\n'));
		if (withState) s.append("  m : List[Tensor]\n  v : List[Tensor]\n  steps : List[Tensor]\n");
		s.append("  def forward(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n").append(ForwardCode.of(network, style))
			.append("    return p\n").append(methods);
		if (style.splits(network.dimensions())) s.append(HalvedConvolution.METHOD);
		return s.toString();
	}

	private void module(final OptimizerState state) {
		pickle.object("__torch__", "Net");
		pickle.key("training");
		pickle.bool(false);
		modules().forEach((name, arrays) -> {
			pickle.key(name);
			pickle.object("__torch__", type(arrays).name());
			for (final int i : arrays) {
				final String key = weights.parameters().get(i).name();
				pickle.key(key.substring(key.indexOf('.') + 1));
				weight(i);
			}
			pickle.key("training");
			pickle.bool(false);
			pickle.endObject();
		});
		if (state != null) {
			final List<Parameter> trainable = weights.parameters().stream().filter(p -> p.role().isTrainable()).toList();
			list("m", state.first(), trainable);
			list("v", state.second(), trainable);
			pickle.key("steps");
			pickle.tensorList();
			for (int i = 0; i < trainable.size(); i++)
				tensor(StoredTensor.contiguous(new float[] { state.steps() }, List.of(), false));
			pickle.endTensorList();
		}
		pickle.endObject();
	}

	private void list(final String name, final List<float[]> arrays, final List<Parameter> parameters) {
		pickle.key(name);
		pickle.tensorList();
		for (int i = 0; i < arrays.size(); i++) {
			final StoredTensor plain = StoredTensor.contiguous(arrays.get(i), parameters.get(i).shape(), false);
			tensor(style.channelsLast() ? plain.channelsLast() : plain);
		}
		pickle.endTensorList();
	}

	private void weight(final int i) {
		final Parameter p = weights.parameters().get(i);
		StoredTensor tensor = StoredTensor.contiguous(weights.arrays().get(i), p.shape(), p.role().isTrainable() && !style
			.isForDifferentiation());
		if (style.channelsLast()) tensor = tensor.channelsLast();
		if (style.storesBfloat16(p)) tensor = tensor.toBfloat16();
		tensor(tensor);
	}

	private void tensor(final StoredTensor tensor) {
		pickle.tensor(storages.size(), tensor);
		storages.add(tensor);
	}

	/** Stored, not compressed: weights are noise. */
	private static void store(final ZipOutputStream zip, final String name, final byte[] bytes) throws IOException {
		final ZipEntry entry = new ZipEntry(ROOT + name);
		final CRC32 crc = new CRC32();
		crc.update(bytes);
		entry.setMethod(ZipEntry.STORED);
		entry.setSize(bytes.length);
		entry.setCompressedSize(bytes.length);
		entry.setCrc(crc.getValue());
		entry.setTimeLocal(TIME);
		zip.putNextEntry(entry);
		zip.write(bytes);
		zip.closeEntry();
	}
}
