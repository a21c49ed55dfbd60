package io.github.convoluta.model;

/** What a network's result means. */
public enum Task {
	/** One probability per class for a whole image. */
	CLASSIFICATION,
	/** One probability per class for every pixel. */
	SEGMENTATION,
	/** Values for every pixel. */
	REGRESSION
}
