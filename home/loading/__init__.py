"""What the territory file says about the home page, editorial and legal pages, questions and words."""

from . import frame, front, pages, words  # noqa: F401
