package io.github.convoluta.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;

/**
 * Writes a network with its weights as a TorchScript archive of version 10, which {@code torch.jit.load} reads from
 * PyTorch 1.13 on: a zip of code, a pickle of the module, and one raw little-endian file per array.
 */
final class TorchArchive {

	private static final String ROOT = "net/";
	private static final byte[] NO_CONSTANTS = { (byte) 0x80, 2, ')', '.' };

	private TorchArchive() {}

	/**
	 * The state of an optimiser: two numbers per trainable weight, and the steps so far per array.
	 *
	 * @param first running means of gradients, or momenta
	 * @param second running means of squared gradients
	 * @param steps number of steps
	 */
	record State(List<float[]> first, List<float[]> second, float steps) {}

	/** Writes a network to share or to predict with. */
	static void write(final Network network, final Weights weights, final OutputStream target) throws IOException {
		write(network, weights, "", null, target);
	}

	/**
	 * Writes a network to train.
	 *
	 * @param methods further methods of the class {@code Net} in serialised TorchScript
	 * @param state the optimiser's state, which becomes the attributes {@code m}, {@code v} and {@code steps}; or null
	 */
	static void write(final Network network, final Weights weights, final String methods, final State state,
		final OutputStream target) throws IOException
	{
		final Map<String, List<Integer>> modules = modules(weights);
		try (ZipOutputStream zip = new ZipOutputStream(target)) {
			zip.setLevel(1);
			store(zip, "version", "10\n".getBytes(StandardCharsets.US_ASCII));
			store(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
			store(zip, "constants.pkl", NO_CONSTANTS);
			store(zip, "code/__torch__.py", code(network, modules, methods, state != null).getBytes(StandardCharsets.UTF_8));
			final List<float[]> storages = new ArrayList<>(weights.arrays());
			store(zip, "data.pkl", pickle(weights, modules, state, storages));
			for (int i = 0; i < storages.size(); i++)
				store(zip, "data/" + i, bytes(storages.get(i)));
		}
	}

	/** Indices of the arrays of each layer, by the layer's name. */
	private static Map<String, List<Integer>> modules(final Weights weights) {
		final Map<String, List<Integer>> modules = new LinkedHashMap<>();
		for (int i = 0; i < weights.parameters().size(); i++)
			modules.computeIfAbsent(module(weights.parameters().get(i)), m -> new ArrayList<>()).add(i);
		return modules;
	}

	private static String module(final Parameter parameter) {
		return parameter.name().substring(0, parameter.name().indexOf('.'));
	}

	private static String attribute(final Parameter parameter) {
		return parameter.name().substring(parameter.name().indexOf('.') + 1);
	}

	/** The class of a layer's module, by what it holds. */
	private static String type(final int arrays) {
		return switch (arrays) {
			case 1 -> "Weight";
			case 2 -> "WeightBias";
			default -> "BatchNorm";
		};
	}

	private static String code(final Network network, final Map<String, List<Integer>> modules, final String methods,
		final boolean withState)
	{
		final StringBuilder s = new StringBuilder("""
			class Weight(Module):
			  __parameters__ = ["weight", ]
			  __buffers__ = []
			  weight : Tensor
			  training : bool
			class WeightBias(Module):
			  __parameters__ = ["weight", "bias", ]
			  __buffers__ = []
			  weight : Tensor
			  bias : Tensor
			  training : bool
			class BatchNorm(Module):
			  __parameters__ = ["weight", "bias", ]
			  __buffers__ = ["running_mean", "running_var", ]
			  weight : Tensor
			  bias : Tensor
			  running_mean : Tensor
			  running_var : Tensor
			  training : bool
			class Net(Module):
			  __parameters__ = []
			  __buffers__ = []
			  training : bool
			""");
		modules.forEach((name, arrays) -> s.append("  ").append(name).append(" : __torch__.").append(type(arrays.size()))
			.append('\n'));
		if (withState) s.append("  m : List[Tensor]\n  v : List[Tensor]\n  steps : List[Tensor]\n");
		s.append("  def forward(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n").append(ForwardCode.of(network)).append(
			"    return ").append(ForwardCode.result(network)).append('\n').append(methods);
		return s.toString();
	}

	/** Adds the arrays of the state to the storages. */
	private static byte[] pickle(final Weights weights, final Map<String, List<Integer>> modules, final State state,
		final List<float[]> storages)
	{
		final PickleWriter p = new PickleWriter();
		p.begin();
		p.object("__torch__", "Net");
		p.key("training");
		p.bool(false);
		modules.forEach((name, arrays) -> {
			p.key(name);
			p.object("__torch__", type(arrays.size()));
			for (final int i : arrays) {
				final Parameter parameter = weights.parameters().get(i);
				p.key(attribute(parameter));
				p.tensor(i, parameter.shape(), parameter.role().isTrainable());
			}
			p.key("training");
			p.bool(false);
			p.endObject();
		});
		if (state != null) {
			final List<List<Integer>> shapes = weights.parameters().stream().filter(w -> w.role().isTrainable()).map(
				Parameter::shape).toList();
			tensorList(p, "m", state.first(), shapes, storages);
			tensorList(p, "v", state.second(), shapes, storages);
			tensorList(p, "steps", shapes.stream().map(s -> new float[] { state.steps() }).toList(), shapes.stream().map(
				s -> List.<Integer> of()).toList(), storages);
		}
		p.endObject();
		return p.end();
	}

	private static void tensorList(final PickleWriter p, final String name, final List<float[]> arrays,
		final List<List<Integer>> shapes, final List<float[]> storages)
	{
		p.key(name);
		p.beginTensorList();
		for (int i = 0; i < arrays.size(); i++) {
			p.tensor(storages.size(), shapes.get(i), false);
			storages.add(arrays.get(i));
		}
		p.endTensorList();
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
		// The same network always gives the same bytes, whatever the time and its zone.
		entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
		zip.putNextEntry(entry);
		zip.write(bytes);
		zip.closeEntry();
	}

	private static byte[] bytes(final float[] values) {
		final ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
		buffer.asFloatBuffer().put(values);
		return buffer.array();
	}

	/** Python's pickle, protocol 2, as far as modules and tensors need it. */
	private static final class PickleWriter {

		private final ByteArrayOutputStream out = new ByteArrayOutputStream();

		void begin() {
			out.write(0x80);
			out.write(2);
		}

		/** A new instance of a class without arguments, and the start of its attributes. */
		void object(final String module, final String name) {
			global(module, name);
			out.write(')');
			out.write(0x81);
			out.write('}');
			out.write('(');
		}

		void endObject() {
			out.write('u');
			out.write('b');
		}

		void global(final String module, final String name) {
			out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
		}

		void key(final String text) {
			final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			out.write('X');
			out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length).array());
			out.writeBytes(bytes);
		}

		void bool(final boolean value) {
			out.write(value ? 0x88 : 0x89);
		}

		void number(final int value) {
			out.write('J');
			out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
		}

		void tensor(final int storage, final List<Integer> shape, final boolean requiresGradient) {
			global("torch._utils", "_rebuild_tensor_v2");
			out.write('(');
			out.write('(');
			key("storage");
			global("torch", "FloatStorage");
			key(Integer.toString(storage));
			key("cpu");
			number(shape.stream().reduce(1, Math::multiplyExact));
			out.write('t');
			out.write('Q');
			number(0);
			tuple(shape);
			final List<Integer> strides = new ArrayList<>(shape);
			int stride = 1;
			for (int d = shape.size() - 1; d >= 0; d--) {
				strides.set(d, stride);
				stride *= shape.get(d);
			}
			tuple(strides);
			bool(requiresGradient);
			global("collections", "OrderedDict");
			out.write(')');
			out.write('R');
			out.write('t');
			out.write('R');
		}

		void beginTensorList() {
			global("torch.jit._pickle", "build_tensorlist");
			out.write(']');
			out.write('(');
		}

		void endTensorList() {
			out.write('e');
			out.write(0x85);
			out.write('R');
		}

		private void tuple(final List<Integer> values) {
			out.write('(');
			values.forEach(this::number);
			out.write('t');
		}

		byte[] end() {
			out.write('.');
			return out.toByteArray();
		}
	}
}
