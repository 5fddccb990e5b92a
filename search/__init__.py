"""The search page, its language analysis and its engines."""
