/**
 * Trained models: a network with its weights, normalisation, classes and axes as one value and as one file that others can
 * read. It may use {@code engine}, {@code network} and {@code filter}, and knows nothing of training or windows.
 */
package io.github.convoluta.model;
