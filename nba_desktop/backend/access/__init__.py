"""Services: who may read a customer and because of what, what is kept of each reading, and who may look at that."""
