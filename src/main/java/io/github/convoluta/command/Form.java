package io.github.convoluta.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How the keys of a command are arranged in its dialog, its recorded line, its help and the reference, whichever class
 * declares them.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Form {

	/** All keys in order, separated by spaces: what has no default comes first, what may be left empty last. */
	String order();

	/**
	 * Keys that have a meaning with some values of others only, such as {@code low high: operator=canny, result=crossings};
	 * one of the conditions must hold.
	 */
	String[] when() default {};
}
