package io.github.convoluta.engine;

import java.util.Map;

/**
 * How a weighted sum of a network's results changes with what it is computed from. Samples don't know of each other: the
 * values of a sample are the gradient of its own sum.
 *
 * @param sums the weighted sum of each sample's results
 * @param input gradient by the input, of the input's shape
 * @param layers gradients by the results of layers, of their shapes, by the layers' names in the order that was asked for
 */
public record Gradients(float[] sums, Tensor input, Map<String, Tensor> layers) {}
