"""Facts that other systems say while the customer is on the line, within a time that does not hold the call up."""
