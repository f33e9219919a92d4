"""The agent's session: events come in, the next panel state goes out; no Qt, no files, no network of its own."""
