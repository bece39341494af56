"""The command line: one Typer app, a module for each workflow, one console, and the exit codes."""
