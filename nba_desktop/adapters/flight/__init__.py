"""The flight recorder: what was heard and decided, masked, cut to size, read again."""
