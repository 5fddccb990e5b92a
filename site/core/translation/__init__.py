"""French is written, the other languages follow: what is a text and what a fact, trees, publication, stale marks."""
