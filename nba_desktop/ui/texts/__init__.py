"""Codes and values in, sentences in the panel's language out."""
