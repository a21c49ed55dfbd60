// Moving averages of a signal and of a time series.
// Without a display: java -jar convoluta.jar macros/moving-average.ijm [FOLDER FOR RESULTS]
// In ImageJ or Fiji: Plugins>Macros>Run...

run("Example Image...", "example=ecg");
run("Moving Average...", "length=9 axis=X");
keep("ecg-average");

run("Example Image...", "example=series");
run("Moving Average...", "length=3 axis=T padding=valid");
keep("series-average");

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
