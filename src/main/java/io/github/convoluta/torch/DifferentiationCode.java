package io.github.convoluta.torch;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.convoluta.network.Network;

/**
 * Methods of the class {@code Net} that look into it. Both take {@code picks}, numbers of results, where 0 is the network's
 * input and {@code i + 1} the result of layer {@code i}: {@code activations} gives these results; {@code gradients} gives
 * the sum of each sample's results weighted by {@code w}, then the gradients of all sums by these results.
 */
final class DifferentiationCode {

	private DifferentiationCode() {}

	static String methods(final Network network, final ForwardStyle style) {
		return """
				  def activations(self: __torch__.Net,
				    x: Tensor,
				    picks: Tensor) -> List[Tensor]:
				    leaf = x
				""" + ForwardCode.of(network, style) + picked(network) + "    return picked\n" + """
				  def gradients(self: __torch__.Net,
				    x: Tensor,
				    w: Tensor,
				    picks: Tensor) -> List[Tensor]:
				    _e = torch.set_grad_enabled(True)
				    leaf = torch.requires_grad_(torch.detach(x), True)
				    x = leaf
				""" + ForwardCode.of(network.logits(), style) + """
				    sums = torch.sum(torch.flatten(torch.mul(p, w), 1, -1), [1])
				""" + picked(network) + """
				    found = torch.autograd.grad([torch.sum(sums)], picked, allow_unused=True)
				    _d = torch.set_grad_enabled(False)
				    out = [torch.detach(sums)]
				    for i in range(torch.len(found)):
				      gradient = found[i]
				      if torch.__is__(gradient, None):
				        g = torch.zeros_like(picked[i])
				      else:
				        g = unchecked_cast(Tensor, gradient)
				      _a = torch.append(out, torch.contiguous(torch.detach(g)))
				    return out
				""";
	}

	/** Lines that make the list {@code picked}. */
	private static String picked(final Network network) {
		return "    results = [leaf, " + IntStream.range(0, network.nodes().size()).mapToObj(i -> "v" + i).collect(Collectors
			.joining(", ")) + "]\n" + """
					    picked = annotate(List[Tensor], [])
					    for k in range(torch.size(picks, 0)):
					      _p = torch.append(picked, results[int(torch.item(torch.select(picks, 0, k)))])
					""";
	}
}
