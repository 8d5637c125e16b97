"""Rule files and option lines, read into values: moves, canonical names, gateways."""
