package io.github.convoluta.torch;

import java.lang.reflect.Constructor;
import java.util.HashMap;
import java.util.Map;

import io.github.convoluta.network.Layer;

/**
 * A layer as lines of TorchScript, and what else only this engine needs to know of it. The code of layers of a kind
 * {@code XLayer} is the class {@code XCode} of this package, made with the layer; that there is one for every kind is
 * checked before the first is used.
 */
interface LayerCode {

	Map<Class<?>, Constructor<?>> KINDS = constructors(Layer.class.getPermittedSubclasses());

	/** The code of a layer. */
	static LayerCode of(final Layer layer) {
		try {
			return (LayerCode) KINDS.get(layer.getClass()).newInstance(layer);
		}
		catch (final ReflectiveOperationException e) {
			throw new IllegalStateException("The TorchScript of " + layer + " can't be written.", e);
		}
	}

	/**
	 * What makes the code of each of these kinds.
	 *
	 * @throws IllegalStateException naming a kind that has none
	 */
	static Map<Class<?>, Constructor<?>> constructors(final Class<?>... kinds) {
		final Map<Class<?>, Constructor<?>> constructors = new HashMap<>();
		for (final Class<?> kind : kinds) {
			final String name = LayerCode.class.getPackageName() + "." + kind.getSimpleName().replaceFirst("Layer$", "") + "Code";
			try {
				constructors.put(kind, Class.forName(name).asSubclass(LayerCode.class).getDeclaredConstructor(kind));
			}
			catch (final ReflectiveOperationException | ClassCastException e) {
				throw new IllegalStateException("Layers of the kind " + kind.getSimpleName() +
					" have no TorchScript: it takes a class " + name + ", which is a LayerCode and made with the layer.", e);
			}
		}
		return Map.copyOf(constructors);
	}

	/** Writes the lines that compute the layer's result from its inputs. */
	void write(NodeCode node);

	/** Whether the layer's gradient does without its result, over which an activation may then write. */
	default boolean mayBeOverwritten() {
		return false;
	}

	/** Whether it takes the largest value of each window; a ReLU before it is as good behind it, and has less to do there. */
	default boolean takesLargest() {
		return false;
	}

	/** Whether it gains little from 16 bits with a single input channel. */
	default boolean gainsLittleWithOneChannel() {
		return false;
	}

	/** Whether predictions only scale and shift its channels: by weight, bias, running mean and variance. */
	default boolean scalesChannels() {
		return false;
	}

	/** The axis of its weight that numbers channels of the result, into which these can be scaled; -1 if there is none. */
	default int filterAxis() {
		return -1;
	}

	/** The layer with a bias; for layers with a filter axis. */
	default Layer withBias() {
		throw new UnsupportedOperationException();
	}
}
