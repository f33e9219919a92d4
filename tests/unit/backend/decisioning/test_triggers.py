"""Triggers and rules of the journey as a catalogue declares them, with every mistake said at its place."""

from __future__ import annotations

from datetime import date

import pytest

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.loader import load_catalogue_files
from nba_desktop.backend.decisioning.triggers import touchpoint_values
from nba_desktop.backend.errors import CatalogueErrors
from nba_desktop.backend.journey.rules import BUILT_IN_RULES
from tests.fakes.backend_site import PORTAL_CATALOGUE
from tests.fakes.decisions import NOW, touchpoint

TRIGGER = """
triggers:
  - id: letter
    on: {on}
    {more}
    raises: [{{target: {target}, weight: 60}}, {{target: issue/sales, weight: 5}}]
    why: {{de: "Brief {gap}", en: "letter"}}
"""
RULE = """
journey_rules:
  - id: {id}
    after: {{types: [{types}]{after}}}
    {more}
    {said}
"""
SAID = 'label: {de: "x", en: "x"}\n    words: {de: "Schon {ago} wegen {topic}.", en: "Again {later}."}'


def loaded(text: str) -> Catalogue:
    return load_catalogue_files({"c.yaml": PORTAL_CATALOGUE.read_text("utf-8") + text})


def mistakes(text: str) -> list[str]:
    with pytest.raises(CatalogueErrors) as found:
        loaded(text)
    return [f"{one.message} – {one.suggestion}" for one in found.value.errors]


def trigger(
    on: str = 'touchpoint.type == "chat"', more: str = "", target: str = "group/solar", gap: str = "{kwh_year}"
) -> str:
    return TRIGGER.format(on=on, more=more, target=target, gap=gap)


def rule(id: str = "again", types: str = "chat", after: str = "", more: str = "", said: str = SAID) -> str:
    return RULE.format(id=id, types=types, after=after, more=more, said=said)


def test_a_trigger_raises_every_action_its_targets_mean() -> None:
    (one,) = loaded(trigger(more='when: kwh_year > 5 and count(touchpoints, type="bill") > 0')).triggers
    assert one.raises == {"SALES_SOLAR": 65, "SALES_BOX": 5}
    assert one.when is not None


def test_the_queries_of_its_condition_are_answered_with_those_of_the_rules() -> None:
    catalogue = loaded(trigger(more='when: count(touchpoints, type="bill") > 0'))
    assert 'count(touchpoints, type="bill")' in [one.key for one in catalogue.queries]


@pytest.mark.parametrize(
    ("on", "met"),
    [
        ('touchpoint.type == "payment_failed"', True),
        ('touchpoint.type != "payment_failed"', False),
        ("touchpoint.amount_eur >= 100", True),
        ("touchpoint.amount_eur >= 100 and touchpoint.topic == 'x'", False),
        ('touchpoint.channel in ["post", "email"]', True),
        ('touchpoint.experience == "negative" or touchpoint.case_open', False),
        ('touchpoint.topic == "touchpoint.type"', False),
    ],
)
def test_what_is_asked_of_a_touchpoint(on: str, met: bool) -> None:
    (one,) = loaded(trigger(on=on)).triggers
    assert one.is_met_by(touchpoint(1, "payment_failed", "post", amount_eur=120), NOW) is met


def test_days_are_days_and_what_is_of_another_kind_is_missing() -> None:
    values = touchpoint_values(touchpoint(1, "price_letter", "post", effective_date="2026-01-01", topic=7))
    assert values["touchpoint_effective_date"] == date(2026, 1, 1)
    assert "touchpoint_topic" not in values


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (trigger(on='touchpoint.typ == "chat"'), "unknown attribute 'touchpoint.typ'"),
        (trigger(on='touchpoint.type == "caht"'), "'touchpoint.type' is never 'caht' – did you mean 'chat'?"),
        (trigger(on="kwh_year > 5"), "unknown attribute 'kwh_year'"),
        (trigger(on="touchpoint.amount_eur > 'x'"), "'touchpoint.amount_eur' is a number"),
        (trigger(more="when: kwh_yaer > 5"), "unknown attribute 'kwh_yaer'"),
        (trigger(target="group/solra"), "there is no group 'solra'"),
        (trigger(gap="{kwh_yaer}"), "unknown name '{kwh_yaer}'"),
        (trigger() + trigger().replace("\ntriggers:\n", ""), "the trigger 'letter' is here twice"),
        (rule(types="caht", more="then: call\n    within_days: 3"), "unknown type of touchpoint 'caht'"),
        (rule(more="then: call"), "within_days"),
        (rule(more="same: topic"), "then: call"),
        (rule(more="then: call\n    within_days: 3\n    within_hours: 3"), "either 'within_days' or 'within_hours'"),
        (rule(after=", channels: [post]"), "none of the types comes by 'post'"),
        (rule(after=", at_least: {kwh: 2}"), "none of the types has a value 'kwh'"),
        (rule(after=", at_least: {topic: 2}"), "'topic' is no number"),
        (rule(types="chat, portal_login", more="then: call\n    within_days: 3\n    same: topic"), "not every type"),
        (rule(said=""), "the program has no words for 'again'"),
        (rule(said=SAID.replace("{ago}", "{agoo}")), "unknown name '{agoo}'"),
    ],
)
def test_a_mistake_is_said_with_the_way_out(text: str, says: str) -> None:
    assert any(says in one for one in mistakes(text)), mistakes(text)


def test_a_catalogue_without_rules_has_the_products_own_and_declared_ones_stand_in_their_place() -> None:
    assert loaded("").journey_rules == BUILT_IN_RULES
    declared = loaded(rule(more="then: call\n    within_hours: 24\n    counts_as: repeat\n    same: topic"))
    (one,) = declared.journey_rules
    assert (one.code, one.kind, one.within.total_seconds(), one.same) == ("again", "repeat", 86_400, "topic")
    assert one.words["en"] == "Again {later}."
    assert loaded("\njourney_rules: []\n").journey_rules == ()
    (own,) = loaded(rule(id="chat_then_call", said="", more="then: call\n    within_days: 3")).journey_rules
    assert own.names["de"] == "Chat, dann Anruf"
