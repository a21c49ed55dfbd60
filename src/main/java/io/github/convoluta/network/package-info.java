/**
 * The immutable description of a network: layers, shapes, parameter counts, ready architectures, architecture codes, the
 * summary table and JSON. It knows nothing of how networks are run, of images or of ImageJ.
 */
package io.github.convoluta.network;
