"""The reader's language: what is in it, and how it writes dates, amounts, names and French typography."""
