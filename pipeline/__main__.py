"""`python -m pipeline`."""

from pipeline.cli.app import run

run()
