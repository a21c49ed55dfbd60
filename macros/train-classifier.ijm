// Cuts small pictures of three textures out of images, one folder per class, trains a network to tell them apart,
// and asks it about pictures that it has not seen.

folder = getArgument();
if (folder == "") folder = getDir("cwd") + "convoluta-results";
if (!File.exists(folder)) File.makeDirectory(folder);
classes = folder + File.separator + "textures";
if (!File.exists(classes)) File.makeDirectory(classes);
model = folder + File.separator + "texture-model.zip";

names = newArray("cells", "membranes", "chest");
size = 32;
setBatchMode(true);
for (i = 0; i < names.length; i++) {
	run("Example Image...", "example=" + names[i]);
	source = getImageID();
	class = classes + File.separator + names[i];
	if (!File.exists(class)) File.makeDirectory(class);
	// The last row of pictures is kept for the question below.
	for (y = 0; y < getHeight() - 2 * size + 1; y += size)
		for (x = 0; x < getWidth() - size + 1; x += size) {
			selectImage(source);
			makeRectangle(x, y, size, size);
			run("Duplicate...", "title=part");
			saveAs("tiff", class + File.separator + x + "-" + y + ".tif");
			close();
		}
	selectImage(source);
	close();
}

run("Train Classifier...", "folder=[" + classes + "] network=[cnn depth=2 width=8] epochs=25 learningrate=0.005 model=["
	+ model + "]");

run("Clear Results");
for (i = 0; i < names.length; i++) {
	run("Example Image...", "example=" + names[i]);
	makeRectangle(64, getHeight() - size, size, size);
	run("Duplicate...", "title=" + names[i]);
	run("Apply Network...", "model=[" + model + "]");
}
for (i = 0; i < nResults; i++)
	print(getResultString("Image", i) + " is called " + getResultString("Class", i) + ", p = "
		+ d2s(getResult("p(" + getResultString("Class", i) + ")", i), 2));
