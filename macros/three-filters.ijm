// One image filtered three ways: blurred, its edges, and pooled to half its size.
// Without a display: java -jar convoluta.jar macros/three-filters.ijm [FOLDER FOR RESULTS]
// In ImageJ or Fiji: Plugins>Macros>Run...

run("Example Image...", "example=cells");
cells = getImageID();

run("Convolve n-D...", "kernel=[gaussian 3] border=mirror");
keep("cells-blurred");

selectImage(cells);
run("Edges n-D...", "operator=canny sigma=2 low=3 high=8");
keep("cells-edges");

selectImage(cells);
run("Pool n-D...", "operation=max window=2");
keep("cells-pooled");

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
