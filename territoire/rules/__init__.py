"""What is computed of placements and stays, below the models: it knows numbers and dates, no tables."""
