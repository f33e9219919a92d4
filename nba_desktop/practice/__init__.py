"""Practice: calls of made-up customers in a panel that records nothing and talks to nobody."""
