package io.github.convoluta.prediction;

/**
 * What a classifier says of an image.
 *
 * @param values probabilities of the classes, or values of a regression, in the order of the model's classes
 * @param sawNonFinite whether anything that was predicted from was NaN or infinite, so that they mean nothing
 */
public record ClassScores(float[] values, boolean sawNonFinite) {

	/** {@return the class with the largest value, the first of equal ones: its place, from 0} */
	public int best() {
		int best = 0;
		for (int c = 1; c < values.length; c++)
			if (values[c] > values[best]) best = c;
		return best;
	}
}
