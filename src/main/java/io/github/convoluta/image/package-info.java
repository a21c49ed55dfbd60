/**
 * Between ImageJ's images and ImgLib2 views: axes, planes, calibration, regions, result images. It may use ImageJ
 * and all rooms before it but {@code torch}, and knows nothing of commands, dialogs or macros.
 */
package io.github.convoluta.image;
