/**
 * Files that are written whole or not at all, and what went wrong with them in words. Every room may use it; it knows
 * nothing of what the files hold.
 */
package io.github.convoluta.file;
