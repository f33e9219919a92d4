"""The review as a program of its own: a team lead's window, or an agent's page about himself."""
