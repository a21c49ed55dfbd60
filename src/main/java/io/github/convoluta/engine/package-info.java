/**
 * What trains and runs networks, as the other rooms see it: {@link io.github.convoluta.engine.Engine} and what it gives,
 * with plain values such as weights, losses, devices and batches, none of which loads anything. It may use {@code network}
 * and knows nothing of how results are computed, of ImageJ or of SciJava.
 */
package io.github.convoluta.engine;
