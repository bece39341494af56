"""From the sources to `output/`: what is made again, in which order, and where it is put."""
