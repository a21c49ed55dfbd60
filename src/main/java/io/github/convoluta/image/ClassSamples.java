package io.github.convoluta.image;

import java.util.List;

import io.github.convoluta.sample.ClassifiedArrays;
import io.github.convoluta.sample.VoxelGeometry;

/**
 * Samples with classes, as they were found in files.
 *
 * @param samples raw values of the same extents
 * @param groups number of the file that each sample is from
 * @param classes names of the classes
 * @param geometry pixel sizes
 * @param unit of the pixel sizes
 * @param remarks what users should know of the files, in sentences
 */
public record ClassSamples(ClassifiedArrays samples, int[] groups, List<String> classes, VoxelGeometry geometry, String unit,
	List<String> remarks)
{

	public ClassSamples {
		classes = List.copyOf(classes);
		remarks = List.copyOf(remarks);
	}
}
