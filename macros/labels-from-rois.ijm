// Draws regions on an image, makes labels of them, and regions of these labels again.

folder = getArgument();
if (folder == "") folder = getDir("cwd") + "convoluta-results";
if (!File.exists(folder)) File.makeDirectory(folder);

run("Example Image...", "example=cells");
makeOval(20, 20, 40, 30);
Roi.setGroup(1);
Overlay.addSelection;
makePolygon(80, 20, 120, 30, 90, 60);
Roi.setGroup(2);
Overlay.addSelection;
run("Select None");

// Everything outside of the regions is 0, which a training with sparse=true takes as unlabelled.
run("Labels from ROIs...", "source=overlay by=group title=drawn");
saveAs("tiff", folder + File.separator + "drawn.tif");
print("saved " + folder + File.separator + "drawn.tif");

run("ROIs from Labels...", "per=object to=[" + folder + File.separator + "RoiSet.zip]");
selectImage("cells.tif");
run("Labels from ROIs...", "source=[" + folder + File.separator + "RoiSet.zip] title=again");
imageCalculator("difference create", "drawn.tif", "again");
getStatistics(area, mean, min, max);
print("largest difference: " + max);
