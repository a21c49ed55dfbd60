/**
 * What an engine computes networks with: plain values that load nothing. It may use {@code network}, and knows nothing of
 * how networks are computed.
 */
package io.github.convoluta.engine;
