"""The condition language: written once, checked when it is read, run for one customer or for millions.

`language` checks the text and makes a typed expression of it, `python_code` turns expressions into Python for one
customer, `polars_code` (which needs polars and is imported only where that is installed) into columns for many.
"""

from nba_desktop.backend.decisioning.conditions.condition import Condition, fuse, parse_condition
from nba_desktop.backend.decisioning.conditions.journey_queries import JourneyQuery, journey_values

__all__ = ["Condition", "JourneyQuery", "fuse", "journey_values", "parse_condition"]
