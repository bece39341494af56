"""The layer that all other packages may use: types, errors, files that are written completely or not at all, tables."""
