"""The facts of an offer: one table of what they are (`table`), and one wording for each, wherever it is said."""
