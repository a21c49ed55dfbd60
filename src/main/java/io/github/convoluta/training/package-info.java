/**
 * Learning: samples, splits, schedules, metrics, the training loop and its history. It may use {@code torch} and
 * {@code network}, and knows nothing of ImageJ or windows.
 */
package io.github.convoluta.training;
