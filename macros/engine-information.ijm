// What networks run on here.

run("Network Engine Information");
