/**
 * For Java programs and scripts: {@link io.github.convoluta.api.Training} from images to a trained model,
 * {@link io.github.convoluta.api.Models} in files, and {@link io.github.convoluta.api.Prediction} with them, on libtorch.
 * Filters and descriptions of networks need no entry of their own: they are in {@code filter}, {@code kernel} and
 * {@code network}. It may use the rooms without windows, and of {@code image} the picture on a model alone; nothing uses it.
 */
package io.github.convoluta.api;
