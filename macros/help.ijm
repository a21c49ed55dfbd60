// What the documentation has; in a window, if there is a display.

run("Help");
run("Pool n-D...", "help");
