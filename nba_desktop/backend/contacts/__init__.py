"""Contacts: who is calling, what happened in the call, what the panel shows."""
