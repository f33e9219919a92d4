"""The panel at the edge of a screen: what each windowing system needs for it, and what it does not allow."""
