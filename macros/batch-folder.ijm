// Filters every TIFF image of a folder and saves the results in a subfolder.
// Without a display: java -jar convoluta.jar macros/batch-folder.ijm FOLDER
// In ImageJ or Fiji: Plugins>Macros>Run...

folder = getArgument();
if (folder == "") folder = getDirectory("Choose the folder of images");
if (!endsWith(folder, File.separator)) folder = folder + File.separator;
results = folder + "edges" + File.separator;
if (!File.exists(results)) File.makeDirectory(results);

setBatchMode(true);
files = getFileList(folder);
count = 0;
for (i = 0; i < files.length; i++) {
	if (!endsWith(files[i], ".tif")) continue;
	open(folder + files[i]);
	run("Edges n-D...", "operator=gaussian sigma=1.5 result=magnitude");
	saveAs("tiff", results + files[i]);
	close("*");
	count++;
}
setBatchMode(false);
print(count + " images filtered into " + results);
