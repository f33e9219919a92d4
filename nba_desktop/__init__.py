"""NBA Desktop: the assistant beside a call-centre agent, and the decision backend behind it."""

__version__ = "0.1.0"
