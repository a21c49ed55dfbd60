// Pooling: what networks do between their layers.
// Without a display: java -jar convoluta.jar macros/pool.ijm [FOLDER FOR RESULTS]
// In ImageJ or Fiji: Plugins>Macros>Run...

run("Example Image...", "example=cells");
cells = getImageID();
run("Pool n-D...", "operation=max window=3 stride=2 pad=1");
keep("cells-max");

selectImage(cells);
run("Pool n-D...", "operation=median window=5 stride=1 pad=2 output=[input type]");
keep("cells-median");

// One mean per frame and channel.
run("Example Image...", "example=series");
run("Pool n-D...", "operation=average global=true");
keep("series-means");

// A volume at half the resolution along x and y only.
run("Example Image...", "example=ct");
run("Pool n-D...", "operation=average window=[2 2 1] axes=XYZ");
keep("ct-half");

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
