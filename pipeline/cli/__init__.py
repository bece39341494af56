"""What people type: commands, what they print, and exit codes."""
