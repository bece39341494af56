"""What every package may use: types, errors, files that are never half-written, tables."""
