"""The catalogue of all open data: which sets there are (`table`), as portals harvest it (`dcat`), and aids as data."""
