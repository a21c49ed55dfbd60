/**
 * Networks as TorchScript, and libtorch to run them: writes code and archives in pure Java, and is the only room that
 * knows DJL, behind a small interface. It may use {@code network}, and knows nothing of ImageJ or SciJava.
 */
package io.github.convoluta.torch;
