"""What the touchpoints of a customer say: the head of the journey, media breaks, probable concerns."""
