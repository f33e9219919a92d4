"""Propensities that learn from responses: features, models, labels and their state; pure numpy, no store, no clock."""
