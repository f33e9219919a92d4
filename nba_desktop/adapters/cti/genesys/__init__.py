"""Genesys Cloud as a source of calls: sign-in, notification channel, and conversations turned into call events."""
