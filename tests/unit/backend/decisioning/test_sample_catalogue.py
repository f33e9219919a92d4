"""The sample catalogue: complete, sayable, and useful for the sample customers."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import cast

import pytest

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.engine import Engine
from nba_desktop.backend.samples.customer import SampleCustomer
from nba_desktop.backend.samples.generator import sample_customers
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ActionKind, ClosingForm, ConsentChannel, ConsentPurpose, Duty
from tests.fakes.decisions import NOW, RESOURCES, model_for, sample_catalogue, sample_request


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return sample_catalogue()


@pytest.fixture(scope="module")
def people() -> list[SampleCustomer]:
    return list(sample_customers(RESOURCES, NOW))


def test_there_are_enough_actions_of_every_kind(catalogue: Catalogue) -> None:
    kinds = Counter(action.entry.kind for action in catalogue.actions)
    assert len(catalogue.actions) >= 14
    assert set(kinds) == set(ActionKind)


def test_every_action_has_all_a_call_needs(catalogue: Catalogue) -> None:
    for action in catalogue.actions:
        entry = action.entry
        assert entry.benefits, entry.id
        assert entry.objections, entry.id
        assert entry.knowledge, entry.id
        assert action.rules or entry.consent_purpose, entry.id
        assert entry.bridge.de.endswith("?"), entry.id
        assert entry.bridge.en.endswith("?"), entry.id
    assert any(step.when for action in catalogue.actions for step in action.entry.steps)
    assert any(step.input for action in catalogue.actions for step in action.entry.steps)


def test_supply_contracts_are_never_closed_on_the_telephone(catalogue: Catalogue) -> None:
    supply = {"price", "move", "tariff", "gas"}
    assert supply <= {action.entry.group for action in catalogue.actions}
    for action in catalogue.actions:
        if action.entry.group in supply:
            assert action.entry.closing_form is ClosingForm.TEXT_FORM, action.action_id


def test_what_is_closed_on_the_telephone_carries_its_duties(catalogue: Catalogue) -> None:
    assert ClosingForm.ON_CALL in {action.entry.closing_form for action in catalogue.actions}
    assert ActionKind.CONSENT in {action.entry.kind for action in catalogue.actions}
    for action in catalogue.actions:
        if action.entry.closing_form is ClosingForm.ON_CALL:
            assert set(action.entry.duties) >= {
                Duty.DISTANCE_SELLING_INFO,
                Duty.CONFIRMATION_DURABLE_MEDIUM,
                Duty.WITHDRAWAL_14_DAYS,
            }
        if action.entry.kind is ActionKind.CONSENT:
            assert set(action.entry.duties) == {Duty.READ_CURRENT_WORDING, Duty.EQUAL_BUTTONS}


@pytest.mark.parametrize("language", ["de", "en"])
def test_wordings_cover_every_channel_in_both_languages(catalogue: Catalogue, language: Language) -> None:
    asked = {(one.purpose, channel) for one in catalogue.wordings(language) for channel in one.channels}
    own = {
        (ConsentPurpose.ADV_OWN, channel)
        for channel in (ConsentChannel.PHONE, ConsentChannel.EMAIL, ConsentChannel.SMS, ConsentChannel.POST)
    }
    assert asked == own | {(ConsentPurpose.PROFILE_USAGE, ConsentChannel.ANY)}
    assert all("Elbtal Energie GmbH" in one.text and "{" not in one.text for one in catalogue.wordings(language))


def test_german_contact_reasons_are_found_by_their_compounds(catalogue: Catalogue) -> None:
    instalment = next(one for one in catalogue.head("de").concerns if one.code == "instalment")
    assert {"Abschlagszahlung", "Vorauszahlung"} <= set(instalment.synonyms)
    assert len(catalogue.head("en").concerns) == len(catalogue.head("de").concerns) >= 12


def test_german_texts_use_german_typography(catalogue: Catalogue) -> None:
    text = catalogue.entry.model_dump_json()
    assert " - " not in text
    assert "..." not in text
    assert "'" not in "".join(action.entry.title.de + action.entry.reason.de for action in catalogue.actions)


@pytest.mark.parametrize(("language", "one_in"), [("de", 1), ("en", 3)])
def test_every_customer_is_decided_and_nobody_reads_none(
    catalogue: Catalogue, people: list[SampleCustomer], language: Language, one_in: int
) -> None:
    """What is decided is the same in every language, so that some customers show what the second one reads like."""
    people = people[::one_in]
    engine, model = Engine(catalogue), model_for(catalogue)
    shown: Counter[str] = Counter()
    without = choices = 0
    for person in people:
        outcome = engine.decide(model, sample_request(person, language=language, concern_solved=True))
        without += not outcome.recommendations
        choices += len(cast("list[object]", outcome.record["candidates"]))
        kinds = [one.kind for one in outcome.recommendations]
        assert kinds.count(ActionKind.CONSENT) <= 1
        for one in outcome.recommendations:
            shown[one.action_id] += 1
            assert "None" not in one.model_dump_json()
            assert len(one.title) <= 32
            assert len(one.reason) <= 130
        assert outcome.record["unfit"] == []
    assert without <= len(people) * 0.05
    assert len(shown) >= 14
    # Between few candidates there is nothing to choose.
    assert choices >= len(people) * 4


def test_every_action_can_win_somebody(catalogue: Catalogue, people: list[SampleCustomer]) -> None:
    engine, model = Engine(catalogue), model_for(catalogue)
    won: set[str] = set()
    for action in catalogue.actions:
        # First where it belongs: there it soon wins.
        for concern, solved, person in product((*action.entry.concerns, None), (True, False), people):
            if action.action_id in won:
                break
            request = sample_request(
                person, concern=concern, concern_solved=solved, agent_skills=frozenset({"energy_advice"})
            )
            won |= set(engine.judge(model, request).slate)
        assert action.action_id in won


def test_nothing_is_sold_in_arrears_and_no_promise_is_above_every_limit(catalogue: Catalogue) -> None:
    for action in catalogue.actions:
        if action.entry.kind is ActionKind.SALES:
            assert "arrears" in {rule.entry.id for _, rule in action.rules}, action.action_id
            assert any(cap.target == "issue/sales" for cap in action.caps), action.action_id
        for step in action.entry.value.bonus_ladder:
            assert step.eur <= max(catalogue.entry.bonus.limits_eur.values())
    assert any(action.entry.value.bonus_ladder for action in catalogue.actions)


def test_the_sample_looks_alike_each_time(catalogue: Catalogue) -> None:
    assert catalogue.entry.learning.exploration == 0
    assert catalogue.entry.arms.ranked == 100


def test_a_season_is_kept(catalogue: Catalogue) -> None:
    (seasonal,) = [one.entry for one in catalogue.actions if one.entry.valid_to is not None]
    assert seasonal.valid_from is not None
    assert any("today" in rule.condition.names for one in catalogue.actions for _, rule in one.rules)
