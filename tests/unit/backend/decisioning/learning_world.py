"""Actions, features and examples that the tests of learning share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.learning.features import Feature
from nba_desktop.backend.decisioning.learning.protocols import Example
from nba_desktop.backend.decisioning.learning.traits import ActionTraits
from nba_desktop.contract.codes import ActionKind

START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

ACTIONS = (
    ActionTraits("FIX12", ActionKind.RETENTION, "price", 0.2, ("bill",), True),
    ActionTraits("FIX24", ActionKind.RETENTION, "price", None, ("bill",), True),
    ActionTraits("WALLBOX", ActionKind.SALES, "charging", 0.1, (), True),
    ActionTraits("READING", ActionKind.SERVICE, "meter", 0.6, ("bill", "meter"), False),
)

FEATURES = (
    Feature("heating", "category", choices=("gas", "oil")),
    Feature("age_of_boiler", "number", edges=(5, 15)),
    Feature("solar", "bool"),
)


def after(days: float) -> datetime:
    """So many days after the start of the story."""
    return START + timedelta(days=days)


def values() -> st.SearchStrategy[dict[str, Value]]:
    """Values of the features, missing, unusual and undeclared ones among them."""
    return st.fixed_dictionaries(
        {},
        optional={
            "heating": st.sampled_from(["gas", "oil", "peat", None]),
            "age_of_boiler": st.one_of(st.none(), st.integers(-5, 40), st.floats(-5, 40)),
            "solar": st.sampled_from([True, False, None]),
            "concern": st.sampled_from(["bill", "meter", "move"]),
            "concern_solved": st.booleans(),
            "churn_class": st.sampled_from(["low", "medium", "high"]),
            "years_customer": st.integers(0, 40),
            "favourite_colour": st.just("blue"),
        },
    )


def examples() -> st.SearchStrategy[Example]:
    """Answers to any of the actions within two years."""
    return st.builds(
        Example,
        action_id=st.sampled_from([one.action_id for one in ACTIONS]),
        values=values(),
        label=st.sampled_from([0.0, 1.0]),
        at=st.floats(0, 700).map(after),
        weight=st.sampled_from([1.0, 0.3]),
    )
