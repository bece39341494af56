"""What people type: one Typer app, a module for each workflow, one console, and the exit codes."""
