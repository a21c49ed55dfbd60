// Trains a network to make a clean image of a noisy one, restores an image with other noise, and tells by how much that
// is nearer to the truth.

folder = getArgument();
if (folder == "") folder = getDir("cwd") + "convoluta-results";
if (!File.exists(folder)) File.makeDirectory(folder);
model = folder + File.separator + "restoring-model.zip";

// The truth in 16 bits and in a range of its own: results come in that of the target.
run("Example Image...", "example=cells");
run("16-bit");
run("Multiply...", "value=20");
run("Add...", "value=1000");
rename("truth");
noisy("noisy");
run("Train Image to Image...", "target=truth network=[unet depth=2 width=8] patch=64 epochs=8 learningrate=0.01 model=[" + model + "]");

noisy("second");
run("Apply Network...", "model=[" + model + "]");
rename("restored");
saveAs("tiff", folder + File.separator + "cells-restored.tif");
rename("restored");
print("root mean square error: " + distance("second") + " with noise, " + distance("restored") + " restored");

function noisy(name) {
	selectImage("truth");
	run("Duplicate...", "title=" + name);
	run("Add Specified Noise...", "standard=400");
}

function distance(name) {
	imageCalculator("Subtract create 32-bit", name, "truth");
	run("Square");
	getStatistics(area, mean);
	close();
	return d2s(sqrt(mean), 1);
}
