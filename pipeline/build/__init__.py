"""The build from the sources to `output/`: which files are made again, in which order, and in which folders."""
