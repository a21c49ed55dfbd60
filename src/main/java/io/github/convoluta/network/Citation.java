package io.github.convoluta.network;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a network was published.
 *
 * @param text authors and year
 * @param doi of the publication
 */
public record Citation(String text, String doi) {

	private static final Citation VGG = new Citation("Simonyan and Zisserman 2015", "10.48550/arXiv.1409.1556"), RESNET =
		new Citation("He et al. 2016", "10.1109/CVPR.2016.90");

	private static final Map<String, Citation> PUBLISHED = Map.ofEntries(Map.entry("lenet1989", new Citation(
		"LeCun et al. 1989", "10.1162/neco.1989.1.4.541")), Map.entry("lenet5", new Citation("LeCun et al. 1998",
			"10.1109/5.726791")), Map.entry("alexnet", new Citation("Krizhevsky 2014", "10.48550/arXiv.1404.5997")), Map.entry(
				"vgg11", VGG), Map.entry("vgg16", VGG), Map.entry("vgg19", VGG), Map.entry("resnet18", RESNET), Map.entry("resnet34",
					RESNET), Map.entry("fcn", new Citation("Long et al. 2015", "10.1109/CVPR.2015.7298965")), Map.entry("unet",
						new Citation("Ronneberger et al. 2015", "10.1007/978-3-319-24574-4_28")), Map.entry("timeseries", new Citation(
							"Wang et al. 2017", "10.1109/IJCNN.2017.7966039")));

	/**
	 * {@return the publication of the architecture that a network is, whatever layers turn its logits into results;
	 * empty for one of the user's own, whatever its name, and for architectures that were not published}
	 *
	 * @param network any
	 * @param results number of channels of the network's result
	 */
	public static Optional<Citation> of(final Network network, final int results) {
		final Citation citation = PUBLISHED.get(network.name().strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT));
		return citation != null && isArchitecture(network, results) ? Optional.of(citation) : Optional.empty();
	}

	private static boolean isArchitecture(final Network network, final int results) {
		try {
			final List<Network.Node> published = Architectures.create(network.name(), network.dimensions(), network.channels(),
				results).logits().nodes(), nodes = network.logits().nodes();
			return nodes.size() >= published.size() && nodes.subList(0, published.size()).equals(published);
		}
		catch (final IllegalArgumentException e) {
			return false;
		}
	}
}
