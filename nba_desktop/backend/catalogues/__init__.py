"""Versions of the catalogue: submitted, approved by a second person, live, retired; and which one decides now."""
