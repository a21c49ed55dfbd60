/**
 * Where commands meet the program they run in: the adapter that menus name, macro options, the dialog for plain
 * ImageJ, the status bridge, and the application with its macro runner. It may use everything but {@code api}.
 */
package io.github.convoluta.host;
