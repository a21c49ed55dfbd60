// What a network is made of, before it is trained. The tables are written as CSV files, which macros can read with and
// without a display.
// Without a display: java -jar convoluta.jar macros/network-summary.ijm
// In ImageJ or Fiji: Plugins>Macros>Run...

folder = getArgument();
if (folder == "") folder = getDir("cwd") + "convoluta-results";
if (!File.exists(folder)) File.makeDirectory(folder);
table = folder + File.separator + "network-summary.csv";

run("Network Summary...", "network=digits input=[28x28x1] classes=10 table=[" + table + "]");
rows = split(File.openAsString(table), "\n");
for (i = 1; i < rows.length; i++) {
	cells = split(rows[i] + " ", "(,)");
	print(cells[0] + ": " + cells[2] + ", " + cells[3] + " parameters");
}

// A code of letters: twice convolution and relu, then pooling, and so on.
print("(CR)2P(CR)2P(CR)2PF: " + parameters("network=(CR)2P(CR)2P(CR)2PF input=[64x64x3] classes=2") + " parameters");

// A U-Net for stacks.
print("3-D U-Net: " + parameters("network=[unet depth=3 width=16] input=[64x64x32x1] axes=XYZ classes=4") + " parameters");

// The last row has the totals.
function parameters(options) {
	run("Network Summary...", options + " table=[" + table + "]");
	rows = split(File.openAsString(table), "\n");
	cells = split(rows[rows.length - 1], "(,)");
	return cells[3];
}
