"""The start propensities of a catalogue: near their base rates, moved by documented facts only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.catalogue import Action
from nba_desktop.backend.decisioning.learning.fixed import FixedModel
from nba_desktop.backend.decisioning.learning.settings import LearningSettings
from nba_desktop.backend.decisioning.loader import load_catalogue
from nba_desktop.backend.decisioning.propensity import traits_of
from tests.fakes.decisions import SMALL_CATALOGUE

ACTIONS = {one.action_id: one for one in load_catalogue(SMALL_CATALOGUE).actions}
MODEL = FixedModel(LearningSettings(mode="fixed"), [traits_of(one) for one in ACTIONS.values()])


def said(action: Action, **values: Value) -> float:
    return float(MODEL.propensities(values).means[MODEL.actions.index(action.action_id)])


def test_knowing_nothing_gives_the_base_rate() -> None:
    for action in ACTIONS.values():
        assert said(action) == pytest.approx(action.entry.base_rate)


def test_each_fact_moves_it_the_documented_way() -> None:
    sale, service, expert = ACTIONS["SALE"], ACTIONS["SERVICE"], ACTIONS["EXPERT"]
    assert said(service, concern="bill") > said(service)
    assert said(sale, concern="bill") == said(sale)
    assert said(sale, concern_solved=False) < said(sale) < said(sale, concern_solved=True)
    assert said(sale, days_since_trouble=3) < said(sale) == said(sale, days_since_trouble=90)
    assert said(service, days_since_trouble=3) == said(service)
    assert said(sale, years_customer=12) > said(sale)
    assert said(sale, churn_class="high") < said(sale)
    assert said(expert, churn_class="high") > said(expert)


@given(
    st.sampled_from(sorted(ACTIONS)),
    st.fixed_dictionaries(
        {},
        optional={
            "concern": st.sampled_from(["bill", "move", "none"]),
            "concern_solved": st.booleans(),
            "days_since_trouble": st.integers(0, 400),
            "years_customer": st.integers(0, 60),
            "churn_class": st.sampled_from(["low", "medium", "high"]),
        },
    ),
)
def test_it_stays_a_probability_whatever_is_known(action_id: str, values: dict[str, Value]) -> None:
    assert 0.01 <= said(ACTIONS[action_id], **values) <= 0.95


@pytest.mark.parametrize("attribute", ["age", "full_name", "language"])
def test_it_never_looks_at_who_somebody_is(attribute: str) -> None:
    sale = ACTIONS["SALE"]
    assert said(sale, **{attribute: 20 if attribute == "age" else "en"}) == said(sale)
