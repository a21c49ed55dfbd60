/**
 * Classic filters on ImgLib2 images of any dimension and real type: convolution, edges, pooling, upsampling and
 * recurrences, computed tile by tile on several threads. It may use {@code kernel} and ImgLib2, and knows nothing of
 * ImageJ or SciJava.
 */
package io.github.convoluta.filter;
