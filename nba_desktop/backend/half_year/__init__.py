"""Puts half a year of made-up calls into a backend: rows, proof of consents, and the review's facts."""
