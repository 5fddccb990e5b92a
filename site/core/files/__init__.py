"""Files: what is kept of an upload, and how files leave the site."""
