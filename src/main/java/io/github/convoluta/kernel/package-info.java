/**
 * Convolution kernels: the immutable n-D {@link io.github.convoluta.kernel.Kernel}, the catalogue of named
 * kernels, and the reading and writing of kernel text. It may use ImgLib2 only, and knows nothing of where an
 * image comes from, of ImageJ or of networks.
 */
package io.github.convoluta.kernel;
