/**
 * Learning: schedules, metrics, the training loop, its history and checkpoints. It may use {@code torch}, {@code sample} and
 * {@code network}, and knows nothing of ImageJ or windows.
 */
package io.github.convoluta.training;
