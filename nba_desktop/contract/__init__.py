"""What panel and backend say to each other; imported by both, importing neither."""
