"""The proof ledger of consents."""
