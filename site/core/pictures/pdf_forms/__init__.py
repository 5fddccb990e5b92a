"""Documents that people and programs fill in: tagged PDF with fields."""
