"""The small parts that every view of the panel is made of; they know nothing of calls or customers."""
