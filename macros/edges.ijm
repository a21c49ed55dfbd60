// Edges as length, direction and thin lines.
// Without a display: java -jar convoluta.jar macros/edges.ijm [FOLDER FOR RESULTS]
// In ImageJ or Fiji: Plugins>Macros>Run...

run("Example Image...", "example=membranes");
membranes = getImageID();
run("Edges n-D...", "operator=sobel result=magnitude");
keep("membranes-sobel");

selectImage(membranes);
run("Edges n-D...", "operator=gaussian result=direction sigma=2");
keep("membranes-direction");

selectImage(membranes);
run("Edges n-D...", "operator=log result=crossings sigma=3 low=0.5");
keep("membranes-crossings");

// Thin surfaces in a volume; sigma in millimetres, since voxels are longer along z.
run("Example Image...", "example=ct");
run("Edges n-D...", "operator=canny sigma=2.5 unit=calibrated low=50 high=120 axes=XYZ");
keep("ct-surfaces");

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
