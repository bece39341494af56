"""Measures the pipeline against bare pandoc and Typst: `make bench`, or `python -m tests.bench --help`."""
