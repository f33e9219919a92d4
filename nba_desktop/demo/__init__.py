"""Plays calls of a simulated telephone system to the sample customers, for people and for proof."""
