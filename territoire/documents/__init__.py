"""Documents and pictures that are set in type from an offer."""
