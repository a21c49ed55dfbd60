/**
 * From classes of pixels to objects: connected components, Euclidean distances, and objects that touch divided. Works on
 * ImgLib2 views and knows nothing of networks, of ImageJ or of SciJava.
 */
package io.github.convoluta.region;
