"""The team lead's window, and an agent's page about himself."""
