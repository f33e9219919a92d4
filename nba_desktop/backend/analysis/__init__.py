"""What is computed from many decisions at once: simulation, replay, evaluation."""
