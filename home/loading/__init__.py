"""What the territory file says about the home page, editorial and legal pages, questions and words."""
