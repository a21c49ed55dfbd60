/**
 * The commands: one class a menu entry, which reads parameters, checks them, calls a filter and returns the result.
 * Parameter names are the macro keys. It may use everything but {@code api} and {@code host}.
 */
package io.github.convoluta.command;
