/**
 * Windows that stay open while a person works, such as those for annotating and for watching a training, and where windows
 * go. They show and ask for what other rooms compute, through small interfaces; they know nothing of commands or macros.
 */
package io.github.convoluta.window;
