"""Services: touchpoints as other systems report them, what they come to, and what they raise."""
