// Kernels as text, by name, in colour, and in three dimensions.
// Without a display: java -jar convoluta.jar macros/convolve.ijm [FOLDER FOR RESULTS]
// In ImageJ or Fiji: Plugins>Macros>Run...

// The vertical edge detector: positive where the left is brighter than the right.
run("Example Image...", "example=chest");
run("Convolve n-D...", "kernel=[1 0 -1; 1 0 -1; 1 0 -1] operation=correlation border=replicate");
keep("chest-vertical-edges");

// A catalogue kernel, rounded to the input's own type.
run("Example Image...", "example=membranes");
run("Convolve n-D...", "kernel=[gaussian 2] border=mirror output=[input type]");
keep("membranes-smooth");

// All three colours summed by one kernel: a 3x3 mean over red, green and blue.
run("Example Image...", "example=tissue");
run("Convolve n-D...", "kernel=[box 3] channels=sum padding=valid divisor=3");
keep("tissue-mean");

// A volume: each voxel becomes the mean of its 3x3x3 neighbourhood; calibration and HU values are kept.
run("Example Image...", "example=ct");
run("Convolve n-D...", "kernel=[box 3] axes=XYZ border=replicate");
keep("ct-mean");

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
