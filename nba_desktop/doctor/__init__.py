"""The doctor: what is wrong with the links, what became of a call, and recorded streams read anew."""
