/**
 * Networks as TorchScript, and libtorch to run them: writes code and archives in pure Java, and is the only room that
 * knows DJL, behind the interfaces of {@code engine}. It may use {@code engine} and {@code network}, and knows nothing of ImageJ or SciJava.
 */
package io.github.convoluta.torch;
