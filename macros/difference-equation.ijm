// Recursive filters of a signal, and along time.
// Without a display: java -jar convoluta.jar macros/difference-equation.ijm [FOLDER FOR RESULTS]
// In ImageJ or Fiji: Plugins>Macros>Run...

// A low-pass filter of second order (Butterworth, 15 Hz at 250 samples per second), without delay.
run("Example Image...", "example=ecg");
ecg = getImageID();
run("Difference Equation...", "a=[1 -1.4755 0.5869] b=[0.0279 0.0557 0.0279] axis=X zerophase=true");
keep("ecg-smooth");

// A leaky integrator along time: y[n] = 0.5 y[n-1] + 0.5 x[n].
run("Example Image...", "example=series");
run("Difference Equation...", "a=[1 -0.5] b=[0.5] axis=T");
keep("series-trail");

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
