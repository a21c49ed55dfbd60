// Filters every TIFF image of a folder and saves the results in a subfolder; if there is a model.zip in the folder, such as
// Train Segmentation... writes, also segments every image with it.
// Without a display: java -jar convoluta.jar macros/batch-folder.ijm FOLDER
// In ImageJ or Fiji: Plugins>Macros>Run...

folder = getArgument();
if (folder == "") folder = getDirectory("Choose the folder of images");
if (!endsWith(folder, File.separator)) folder = folder + File.separator;
edges = folder + "edges" + File.separator;
if (!File.exists(edges)) File.makeDirectory(edges);
model = folder + "model.zip";
labels = folder + "labels" + File.separator;
if (File.exists(model) && !File.exists(labels)) File.makeDirectory(labels);

setBatchMode(true);
files = getFileList(folder);
count = 0;
for (i = 0; i < files.length; i++) {
	if (!endsWith(files[i], ".tif")) continue;
	open(folder + files[i]);
	image = getImageID();
	run("Edges n-D...", "operator=gaussian sigma=1.5 result=magnitude");
	saveAs("tiff", edges + files[i]);
	if (File.exists(model)) {
		selectImage(image);
		run("Apply Network...", "model=[" + model + "]");
		saveAs("tiff", labels + files[i]);
	}
	close("*");
	count++;
}
setBatchMode(false);
print(count + " images filtered into " + edges);
if (File.exists(model)) print(count + " images segmented into " + labels);
