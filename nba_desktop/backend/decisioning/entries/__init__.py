"""The catalogue as campaign managers write it: one class for each kind of entry in its files."""
