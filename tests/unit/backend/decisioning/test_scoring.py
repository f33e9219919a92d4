"""The factors of a priority, and the gate that asks for one."""

from __future__ import annotations

from typing import Any

import pytest

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.engine import Engine
from nba_desktop.backend.decisioning.record import read_record
from nba_desktop.contract.codes import (
    Load,
    Stage,
)
from tests.fakes.decisions import (
    action_entry,
    customer,
    decided,
    made_catalogue,
    model_for,
    request,
    shown,
)


def test_the_score_is_the_product_of_its_recorded_factors(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer({"kwh_year": 2000}), concern="bill", concern_solved=True))
    found: Any = outcome.record["candidates"]
    by_id = {one["action_id"]: one for one in found}
    for one in found:
        product = one["propensity"] * one["context"] * one["value"] * one["levers"]
        assert one["score"] == pytest.approx(product, abs=1e-5)
    assert by_id["SERVICE"]["context"] == 2.5
    assert by_id["SALE"]["levers"] == 1.25
    assert by_id["SALE"]["context"] == 1.0


BONUS = {
    "margin_eur_year": 100,
    "years": 2,
    "bonus_ladder": [{"eur": 5, "retention_points": {"high": 8}}, {"eur": 10, "retention_points": {"medium": 8}}],
}


def bonus_catalogue() -> Catalogue:
    words = {"de": "Mit {bonus_eur}.", "en": "With {bonus_eur}."}
    steps = [
        {"id": "say", "text": {"de": "Anbieten", "en": "Offer"}},
        {"id": "bonus", "with_bonus": True, "text": words},
    ]
    keep = action_entry("KEEP", "retention", value=BONUS, reason_with_bonus=words, steps=steps)
    return made_catalogue([keep], bonus={"limits_eur": {"senior": 50}})


def test_an_offer_holds_the_bonus_that_its_agent_may_promise_and_its_value_is_less_by_it() -> None:
    outcome = decided(bonus_catalogue(), request(authority="senior"))
    (keep,) = outcome.recommendations
    assert keep.factors is not None
    assert (keep.factors.bonus_eur, keep.factors.value) == (10, 0.95)
    assert keep.factors.priority == pytest.approx(keep.factors.propensity * 0.95, abs=1e-5)
    assert keep.reason == "Mit 10\u00a0€."
    assert [one.text for one in keep.steps] == ["Anbieten", "Mit 10\u00a0€."]
    assert {one.code: one.params for one in keep.because}["bonus"] == {"eur": 10}
    (row,) = read_record(outcome.record, bonus_catalogue().schema).candidates
    assert row.score == pytest.approx(row.propensity * row.value, abs=1e-5)


def test_without_authority_there_is_no_bonus_and_nothing_is_said_of_one() -> None:
    (keep,) = decided(bonus_catalogue(), request()).recommendations
    assert keep.factors is not None
    assert (keep.factors.bonus_eur, keep.factors.value) == (None, 1.0)
    assert keep.reason == "KEEP"
    assert [one.text for one in keep.steps] == ["Anbieten"]
    assert "bonus" not in {one.code for one in keep.because}


@pytest.mark.parametrize(("load", "is_shown"), [(Load.LOW, True), (Load.NORMAL, True), (Load.HIGH, False)])
def test_busy_queues_let_only_likely_sales_through(load: Load, is_shown: bool) -> None:
    gate = made_catalogue(
        [action_entry("SALE"), action_entry("KEEP", "retention"), action_entry("LIKELY", base_rate=0.6)],
        load_gate={"normal": 0.2, "high": 0.4},
    )
    outcome = decided(gate, request(load=load))
    assert ("SALE" in shown(outcome)) is is_shown
    assert {"KEEP", "LIKELY"} <= set(shown(outcome))
    if not is_shown:
        assert [(one.stage, one.rule, one.params) for one in outcome.why_not] == [
            (Stage.SELECTION, "load_gate", {"percent": 40})
        ]


@pytest.mark.parametrize("factor", ["propensity", "context", "value", "levers"])
def test_a_factor_that_is_switched_off_counts_one(catalogue: Catalogue, factor: Any) -> None:
    asked = request(customer({"kwh_year": 2000}), concern="bill", concern_solved=True)
    record = Engine(catalogue, off=(factor,)).judge(model_for(catalogue), asked)
    for one in record.candidates:
        factors = {
            "propensity": one.propensity,
            "context": one.context,
            "value": one.value,
            "levers": one.levers,
        }
        if factor != "propensity":
            assert factors[factor] == 1
        product = 1.0
        for name, size in factors.items():
            product *= 1.0 if name == factor else size
        assert one.score == pytest.approx(product, abs=1e-5)


def test_an_unknown_contact_reason_weighs_nothing_and_stops_nothing(catalogue: Catalogue) -> None:
    outcome = decided(catalogue, request(customer({"kwh_year": 2000}), concern="tax", concern_solved=True))
    assert "SERVICE" in shown(outcome)
    record = read_record(outcome.record, catalogue.schema)
    assert record.concern == "tax"
    assert {one.context for one in record.candidates} == {1.0}


def test_a_model_of_other_actions_leaves_the_base_rates(catalogue: Catalogue) -> None:
    other = model_for(made_catalogue([action_entry("OTHER"), action_entry("SIDE")]))
    record = Engine(catalogue).judge(other, request(customer({"kwh_year": 2000}), concern_solved=True))
    assert record.unmodelled == ("CONSENT", "SALE", "SERVICE")
    rates = {one.action_id: one.propensity for one in record.candidates}
    assert (rates["SALE"], rates["SERVICE"], rates["CONSENT"]) == (0.2, 0.5, 0.3)
    assert rates["SIDE"] == pytest.approx(0.344, abs=0.01)
    assert all(one.moved_by == {} for one in record.candidates if one.action_id in record.unmodelled)


def test_an_exploring_model_of_other_actions_draws_for_those_it_knows(catalogue: Catalogue) -> None:
    other = model_for(made_catalogue([action_entry("OTHER"), action_entry("SIDE")]), "bayes")
    record = Engine(catalogue).judge(other, request(customer({"kwh_year": 2000}), concern_solved=True, seed="s"))
    assert {one.action_id for one in record.candidates if one.drawn != one.propensity} == {"SIDE"}
    assert {one.action_id for one in record.candidates if one.deviation > 0} == {"SIDE"}


def test_a_concern_that_fits_less_speaks_against() -> None:
    weighed = made_catalogue(
        [action_entry("SALE")], context=[{"concern": "bill", "target": "issue/sales", "weight": -50}]
    )
    (sale,) = decided(weighed, request(concern="bill")).recommendations
    found = {one.code: (one.params, one.speaks) for one in sale.because}
    assert found["context"] == ({"percent": -50, "concern": "bill"}, "against")
    assert sale.factors is not None
    assert sale.factors.context == 0.5
