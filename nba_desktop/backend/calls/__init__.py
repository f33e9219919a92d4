"""Telephone systems that report calls by webhook: their dialects, what they come to, and who hears of it."""
