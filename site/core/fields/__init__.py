"""Columns and values: lists of codes, texts in each language, choices, dates in forms, and what cannot be meant."""
