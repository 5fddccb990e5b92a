"""Template tags of the project; they are built in, so no template loads them."""
