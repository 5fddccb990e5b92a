"""What the territory file says about the territory: a module a page type, and the records."""
