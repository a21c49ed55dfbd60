/**
 * What trains and runs networks, as others see it: plain values such as weights, losses, devices and batches. Nothing here
 * loads a library or computes. It may use {@code network}, and knows nothing of how results are computed, of ImageJ or of
 * SciJava.
 */
package io.github.convoluta.engine;
