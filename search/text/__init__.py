"""What the search knows of language: words, synonyms, spelling.

Pure Python without Django, so that every engine, and a test without a database, reads a text in the same way.
"""
