/**
 * Between ImageJ's images and ImgLib2 views: axes, planes, calibration, regions, result images. It may use the filters
 * and ImageJ, and knows nothing of commands, dialogs or macros.
 */
package io.github.convoluta.image;
