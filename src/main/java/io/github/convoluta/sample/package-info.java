/**
 * What is learnt from and predicted on: images with their labels, the classes of labels, what is kept apart to check with,
 * patches and whole samples as batches, and how they are changed at random. It may use {@code model}, {@code filter},
 * {@code network} and the plain values of {@code engine}, and knows nothing of how networks are computed, nor of ImageJ.
 */
package io.github.convoluta.sample;
