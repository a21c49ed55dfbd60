// Trains a small 3-D U-Net on a computed tomogram of a phantom, applies it to that of another body,
// and compares the result with the truth.

folder = getArgument();
if (folder == "") folder = getDir("cwd") + "convoluta-results";
if (!File.exists(folder)) File.makeDirectory(folder);
model = folder + File.separator + "ct-model.zip";

run("Example Image...", "example=ct");
run("Example Image...", "example=ct-labels");
selectImage("ct.tif");
run("Train Segmentation...", "labels=ct-labels.tif network=[unet depth=2 width=8] axes=XYZ patch=[32 32 16] epochs=10"
	+ " batch=4 learningrate=0.01 model=[" + model + "]");

run("Example Image...", "example=ct-second");
run("Apply Network...", "model=[" + model + "]");
rename("predicted");
saveAs("tiff", folder + File.separator + "ct-second-segmented.tif");
predicted = getImageID();
run("Example Image...", "example=ct-second-labels");
truth = getImageID();

// In how many voxels each pair of true and predicted classes meets.
names = newArray("air", "soft tissue", "lung", "bone");
counts = newArray(16);
run("Select All");
for (z = 1; z <= nSlices; z++) {
	selectImage(truth);
	setSlice(z);
	w = getWidth(); h = getHeight();
	a = newArray(w * h);
	for (y = 0; y < h; y++) for (x = 0; x < w; x++) a[y * w + x] = getPixel(x, y);
	selectImage(predicted);
	setSlice(z);
	for (y = 0; y < h; y++) for (x = 0; x < w; x++) {
		pair = 4 * a[y * w + x] + getPixel(x, y);
		counts[pair] = counts[pair] + 1;
	}
}
sum = 0;
for (c = 0; c < 4; c++) {
	members = 0; found = 0;
	for (k = 0; k < 4; k++) { members += counts[4 * c + k]; found += counts[4 * k + c]; }
	dice = 2 * counts[5 * c] / (members + found);
	sum += dice;
	print("Dice of " + names[c] + ": " + d2s(dice, 4));
}
print("mean Dice: " + d2s(sum / 4, 4));
