"""Links that last: permanent ones, other languages, QR codes, and where an address leads that no page has."""
