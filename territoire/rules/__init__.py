"""What is computed of placements and stays, below the models, and the register of rules, whose figures it reads."""
