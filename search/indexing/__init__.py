"""From published pages to the index, and from the index to the engine."""
