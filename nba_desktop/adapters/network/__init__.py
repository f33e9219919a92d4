"""How the panel reaches others: by which proxy, whom it believes, and what went wrong on the way."""
