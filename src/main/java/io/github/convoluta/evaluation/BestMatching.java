package io.github.convoluta.evaluation;

import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import io.github.convoluta.evaluation.ObjectOverlaps.Pair;
import org.jgrapht.Graph;
import org.jgrapht.alg.matching.MaximumWeightBipartiteMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/** Which of several pairs with objects in common are chosen. */
final class BestMatching {

	private BestMatching() {}

	/** An object as a node of the graph. */
	private record Node(boolean isTrue, float label) {}

	/** As many pairs as possible without a common object, of these the ones with the greatest sum of the score. */
	static Set<Pair> of(final List<Pair> pairs, final ToDoubleFunction<Pair> score) {
		final Graph<Node, DefaultWeightedEdge> graph = new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
		for (final Pair pair : pairs) {
			final Node truth = new Node(true, pair.truth()), predicted = new Node(false, pair.predicted());
			graph.addVertex(truth);
			graph.addVertex(predicted);
			// One more pair outweighs whatever scores, which are at most 1, the others have.
			graph.setEdgeWeight(graph.addEdge(truth, predicted), 1 + score.applyAsDouble(pair) / (2 * pairs.size()));
		}
		final Set<Node> truths = graph.vertexSet().stream().filter(Node::isTrue).collect(Collectors.toSet()), predictions = graph
			.vertexSet().stream().filter(v -> !v.isTrue()).collect(Collectors.toSet());
		return new MaximumWeightBipartiteMatching<>(graph, truths, predictions).getMatching().getEdges().stream().map(e -> {
			final Node a = graph.getEdgeSource(e), b = graph.getEdgeTarget(e);
			return a.isTrue() ? new Pair(a.label(), b.label()) : new Pair(b.label(), a.label());
		}).collect(Collectors.toSet());
	}
}
