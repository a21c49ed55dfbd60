package io.github.convoluta.evaluation;

import java.util.Map;

import io.github.convoluta.evaluation.ObjectOverlaps.Pair;

/**
 * Predicted objects matched with true ones, and the measures that follow.
 *
 * @param threshold least IoU of a pair
 * @param truths number of true objects
 * @param predictions number of predicted ones
 * @param matched pairs with their IoU
 */
public record ObjectMatching(double threshold, int truths, int predictions, Map<Pair, Double> matched) {

	public ObjectMatching {
		matched = Map.copyOf(matched);
	}

	/** True positives. */
	public int found() {
		return matched.size();
	}

	/** False positives: predicted objects that match none. */
	public int wrong() {
		return predictions - found();
	}

	/** False negatives: true objects that none matches. */
	public int missed() {
		return truths - found();
	}

	/** Of the predicted objects, the share that matches; NaN without any. */
	public double precision() {
		return (double) found() / predictions;
	}

	/** Of the true objects, the share that is found; NaN without any. */
	public double recall() {
		return (double) found() / truths;
	}

	/** Harmonic mean of precision and recall; NaN if there are neither true nor predicted objects. */
	public double f1() {
		return 2.0 * found() / (truths + predictions);
	}

	/**
	 * Matched over matched, wrong and missed ones: the average precision of the Data Science Bowl 2018 and of StarDist, which
	 * is not the area under a curve; NaN if there are no objects.
	 */
	public double averagePrecision() {
		return (double) found() / (truths + predictions - found());
	}

	/** Mean IoU of the matched pairs: the segmentation quality; NaN without any. */
	public double meanIou() {
		return matched.values().stream().mapToDouble(v -> v).average().orElse(Double.NaN);
	}

	/** Segmentation quality times F1 (Kirillov et al. 2019); NaN if there are no objects. */
	public double panopticQuality() {
		return 2 * matched.values().stream().mapToDouble(v -> v).sum() / (truths + predictions);
	}
}
