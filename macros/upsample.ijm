// Enlarging by whole factors.
// Without a display: java -jar convoluta.jar macros/upsample.ijm [FOLDER FOR RESULTS]
// In ImageJ or Fiji: Plugins>Macros>Run...

run("Example Image...", "example=cells");
cells = getImageID();
run("Upsample n-D...", "factor=3 method=nearest output=[input type]");
keep("cells-nearest");

selectImage(cells);
run("Upsample n-D...", "factor=2 method=linear");
keep("cells-linear");

// Slices between the slices of a stack.
run("Example Image...", "example=ct");
run("Upsample n-D...", "factor=[1 1 2] method=linear axes=XYZ");
keep("ct-slices");

// Without a display, or if a folder was given, results are saved; otherwise they are windows.
function keep(name) {
	folder = getArgument();
	if (folder == "" && call("java.awt.GraphicsEnvironment.isHeadless") == "true")
		folder = getDir("cwd") + "convoluta-results";
	if (folder == "") return;
	if (!File.exists(folder)) File.makeDirectory(folder);
	path = folder + File.separator + name + ".tif";
	saveAs("tiff", path);
	if (!File.exists(path)) exit("The result could not be saved as " + path);
	print("saved " + path);
}
