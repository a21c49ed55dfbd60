package io.github.convoluta.window;

import java.nio.file.Path;
import java.util.List;

import ij.process.ByteProcessor;
import io.github.convoluta.image.VisiblePart;

/**
 * What learns from annotations and shows what it learnt. Whatever takes long runs in the background; the methods return at
 * once unless they say otherwise, and are called on the event thread unless they say otherwise.
 */
public interface AnnotationTrainer {

	/** Hears of what runs in the background, on any thread. */
	interface Watcher {

		/**
		 * What is being done.
		 *
		 * @param text such as {@code epoch 3 of 20, loss 0.1234}
		 * @param fraction share that is done, from 0 to 1
		 */
		void progress(String text, double fraction);

		/**
		 * What was begun has ended.
		 *
		 * @param text what has become of it, or why it failed
		 */
		void ended(String text);
	}

	/**
	 * What a network says of a part of the image.
	 *
	 * @param classes 1 for the first class and so on
	 * @param values of the classes, as the annotations number them
	 */
	record Prediction(VisiblePart part, ByteProcessor classes, List<Integer> values) {

		public Prediction {
			values = List.copyOf(values);
		}
	}

	/** Begins to learn from the annotations as they are now, forgetting what was learnt before. */
	void train(Watcher watcher);

	/** Goes on learning, from the annotations as they are now, with what was learnt before. */
	void goOn(Watcher watcher);

	/** Ends the learning as soon as possible; what was learnt stays. */
	void stop();

	/** How often what was learnt has changed: 0 if nothing was learnt yet. May be called from any thread. */
	long learnt();

	/**
	 * Predicts with what was learnt. Takes a while; not on the event thread.
	 *
	 * @throws IllegalStateException if nothing was learnt yet
	 * @throws IllegalArgumentException if memory is short
	 */
	Prediction predict(VisiblePart part);

	/** Shows the labels of the whole image in a window of their own. */
	void apply(Watcher watcher);

	/** Writes what was learnt as a model; a model that is there is replaced. */
	void save(Path file, Watcher watcher);

	/** Whether there is something learnt that is in no file. */
	boolean isUnsaved();

	/** Called when the window closes: ends all, and frees memory. */
	void close();
}
