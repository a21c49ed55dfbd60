package io.github.convoluta.torch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Python's pickle, protocol 2, as far as modules and tensors need it. */
final class PickleWriter {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	PickleWriter() {
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

	/** An empty {@code OrderedDict}, and the start of its items. */
	void dictionary() {
		global("collections", "OrderedDict");
		out.write(')');
		out.write('R');
		out.write('(');
	}

	void endDictionary() {
		out.write('u');
	}

	private void global(final String module, final String name) {
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

	private void number(final int value) {
		out.write('J');
		out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
	}

	/** A tensor whose numbers are in the file {@code data/<storage>}. */
	void tensor(final int storage, final StoredTensor tensor) {
		global("torch._utils", "_rebuild_tensor_v2");
		out.write('(');
		out.write('(');
		key("storage");
		global("torch", tensor.storageType());
		key(Integer.toString(storage));
		key("cpu");
		number(tensor.values().length);
		out.write('t');
		out.write('Q');
		number(0);
		tuple(tensor.shape());
		tuple(tensor.strides());
		bool(tensor.gradient());
		global("collections", "OrderedDict");
		out.write(')');
		out.write('R');
		out.write('t');
		out.write('R');
	}

	void tensorList() {
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
