// Labels a few strokes of background and of cells, trains a network on them alone, and segments the whole image.

folder = getArgument();
if (folder == "") folder = getDir("cwd") + "convoluta-results";
if (!File.exists(folder)) File.makeDirectory(folder);
model = folder + File.separator + "cells-model.zip";

run("Example Image...", "example=cells");
cells = getImageID();
w = getWidth(); h = getHeight();

// 0 is unlabelled, 1 background, 2 cell. Here every 16th row is labelled by brightness; usually one draws.
newImage("strokes", "8-bit black", w, h, 1);
strokes = getImageID();
for (y = 8; y < h; y += 16)
	for (x = 0; x < w; x++) {
		selectImage(cells);
		v = getPixel(x, y);
		selectImage(strokes);
		if (v < 25) setPixel(x, y, 1);
		if (v > 60) setPixel(x, y, 2);
	}

selectImage(cells);
run("Train Segmentation...", "labels=strokes sparse=true network=[unet depth=2 width=8] patch=64 epochs=6 model=[" + model + "]");
selectImage(cells);
run("Apply Network...", "model=[" + model + "] output=both");
saveAs("tiff", folder + File.separator + "cells-segmented.tif");
print("labels from " + getValue("Min") + " to " + getValue("Max") + " in " + getTitle());
