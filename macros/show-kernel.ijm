// Kernels as pictures, and a picture as a kernel.
// Without a display: java -jar convoluta.jar macros/show-kernel.ijm [FOLDER FOR RESULTS]
// In ImageJ or Fiji: Plugins>Macros>Run...

run("Show Kernel...", "kernel=[gabor 3 8 45]");
keep("kernel-gabor");

run("Show Kernel...", "kernel=[log 2]");
rename("blob finder");

// The open image is the kernel.
run("Example Image...", "example=cells");
run("Convolve n-D...", "kernel=[blob finder] border=mirror");
keep("cells-blobs");

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
