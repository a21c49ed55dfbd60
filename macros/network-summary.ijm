// What a network is made of, before it is trained.
// Without a display: java -jar convoluta.jar macros/network-summary.ijm
// In ImageJ or Fiji: Plugins>Macros>Run...

run("Network Summary...", "network=digits input=[28x28x1] classes=10");
for (i = 0; i < nResults; i++)
	print(getResultString("Layer", i) + ": " + getResultString("Output", i) + ", " + getResult("Parameters", i) + " parameters");

// A code of letters: twice convolution and relu, then pooling, and so on.
run("Network Summary...", "network=(CR)2P(CR)2P(CR)2PF input=[64x64x3] classes=2");
print("(CR)2P(CR)2P(CR)2PF: " + getResult("Parameters", nResults - 1) + " parameters");

// A U-Net for stacks.
run("Network Summary...", "network=[unet depth=3 width=16] input=[64x64x32x1] axes=XYZ classes=4");
print("3-D U-Net: " + getResult("Parameters", nResults - 1) + " parameters");
