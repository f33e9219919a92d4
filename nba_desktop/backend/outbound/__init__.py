"""Results that leave for other systems: told where they are recorded, handed over by webhook or as files."""
