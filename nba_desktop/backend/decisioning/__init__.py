"""Decisions as pure functions: catalogue, conditions, policies, arbitration, explanation."""
