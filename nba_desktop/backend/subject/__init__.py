"""What the law gives a customer: all that is known about him, its erasure, and the end of its time."""
