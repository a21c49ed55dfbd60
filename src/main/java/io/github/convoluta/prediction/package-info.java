/**
 * Trained models at work: classes of images, and labels, probabilities and values of pixels, tile by tile. It may use
 * {@code model}, {@code engine}, {@code network} and {@code filter}, and knows nothing of ImageJ or windows.
 */
package io.github.convoluta.prediction;
