package io.github.convoluta.prediction;

import net.imglib2.FinalInterval;

/**
 * A part of an image that is computed at once. Axes are the image's spatial ones, x first, in pixels from its first one on.
 *
 * @param index its place in its {@link Tiling}
 * @param core the part that counts, within the image
 * @param block what is computed: the core and a halo as wide as the network sees, on the grid of its pooling; it may reach
 *          beyond the image's far ends, where images are mirrored
 */
public record Tile(long index, FinalInterval core, FinalInterval block) {}
