"""Customers to show the product with: a few named ones and any number of generated ones."""
