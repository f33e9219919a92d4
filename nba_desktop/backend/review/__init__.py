"""The review of recommendations: what became of them, counted with the rules that protect who is counted."""
