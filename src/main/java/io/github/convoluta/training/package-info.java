/**
 * Learning: schedules, metrics, the training loop, its history and checkpoints. It may use {@code engine}, {@code sample},
 * {@code model}, {@code network} and {@code evaluation}, and knows nothing of ImageJ or windows.
 */
package io.github.convoluta.training;
