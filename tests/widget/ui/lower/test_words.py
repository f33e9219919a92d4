"""Codes become sentences in both languages."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import pytest

from nba_desktop.contract.base import Language, Params
from nba_desktop.contract.codes import (
    ActionKind,
    ClosingForm,
    ConsentChannel,
    ConsentPurpose,
    ConsentState,
    Duty,
    NoRecommendation,
    ResponseCode,
    ResponseGroup,
    Stage,
)
from nba_desktop.contract.recommendation import Because, Factors, LiveUse, WhyNot
from nba_desktop.domain.consent_draft import ConsentAnswer
from nba_desktop.domain.receipts import Receipt
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.why import why_lines
from nba_desktop.ui.texts import action_words, consent_words, objection_words, receipt_words, response_words
from nba_desktop.ui.texts.because import because, factors
from nba_desktop.ui.texts.why_not import why_not, why_not_stage
from tests.fakes import states
from tests.fakes.states.moments import NOW

SENTENCES: list[tuple[Callable[..., str], type[StrEnum]]] = [
    (action_words.action_kind, ActionKind),
    (action_words.closing_form, ClosingForm),
    (action_words.duty, Duty),
    (action_words.no_recommendation, NoRecommendation),
    (response_words.response_group, ResponseGroup),
    (response_words.response_group_question, ResponseGroup),
    (response_words.response_code, ResponseCode),
    (consent_words.consent_purpose, ConsentPurpose),
    (consent_words.consent_channel, ConsentChannel),
    (consent_words.consent_state, ConsentState),
    (consent_words.consent_answer, ConsentAnswer),
    (receipt_words.receipt, Receipt),
    (why_not_stage, Stage),
]


@pytest.mark.parametrize(("words", "codes"), SENTENCES)
def test_every_code_has_words_of_its_own(language: Language, words: Callable[..., str], codes: type[StrEnum]) -> None:
    said = [words(code) for code in codes]
    assert all(said)
    assert len(set(said)) == len(said)


def test_every_method_of_the_catalogue_has_a_word(language: Language) -> None:
    methods = [
        "acknowledge",
        "ask_back",
        "isolate",
        "reframe",
        "compare",
        "evidence",
        "postpone",
        "concede",
        "respect_no",
    ]
    assert all(objection_words.objection_method(method) for method in methods)
    assert objection_words.objection_method("hypnotise") == ""


BECAUSE: list[tuple[str, Params, str, str]] = [
    ("rule_met", {"text": "Heizung von 2009"}, "Heizung von 2009", "Heizung von 2009"),
    ("rule_met", {}, "Die Bedingungen der Aktion sind erfüllt", "The conditions of the action are met"),
    ("concern_match", {"concern": "instalment"}, "Passt zum Anliegen", "Fits the concern"),
    ("concern_match", {}, "Passt zum Anliegen", "Fits the concern"),
    ("lever", {"text": "Winter", "percent": 20}, "Schwerpunkt: Winter", "Priority: Winter"),
    ("recent_trouble", {"days_ago": 1}, "Schlechte Erfahrung gestern", "Bad experience yesterday"),
    ("recent_trouble", {"days_ago": 7}, "Schlechte Erfahrung vor 7 Tagen", "Bad experience 7 days ago"),
    ("recent_trouble", {}, "Schlechte Erfahrung vor Kurzem", "Bad experience recently"),
    ("value_high", {}, "Überdurchschnittlicher Nutzen", "Above-average benefit"),
    (
        "context",
        {"percent": 80},
        "Das Anliegen zählt mit +80\u00a0% ",
        "The concern counts +80% ",
    ),
    ("context", {}, "Das Anliegen spricht", "The concern counts for it"),
    ("bonus", {"eur": 25}, "Ein Bonus von 25\u00a0€ lohnt sich", "A bonus of €25 is worth it"),
    ("explored", {}, "Wird erprobt", "Tried out"),
    ("arm_random", {}, "Reihenfolge ausgelost", "Order drawn by lot"),
    ("arm_without_levers", {}, "Ohne Schwerpunkte gereiht", "Ranked without priorities"),
    ("something_new", {}, "Weiterer Grund (something_new)", "Further reason (something_new)"),
]


@pytest.mark.parametrize(("code", "params", "german", "english"), BECAUSE)
def test_a_reason_is_a_sentence(
    language: Language, formats: Formats, code: str, params: Params, german: str, english: str
) -> None:
    said = because(Because(code=code, params=params), states.concerns(language), formats)
    assert said.startswith(german if language == "de" else english)
    if params.get("concern"):
        assert said.endswith({"de": "Abschlag", "en": "Instalment"}[language])


WHY_NOT: list[tuple[str, Params, str, str]] = [
    ("any", {"text": "Kein eigener Kessel"}, "Kein eigener Kessel", "Kein eigener Kessel"),
    ("any", {"text": "Baujahr", "unknown": True}, "Baujahr – Angabe fehlt", "Baujahr – value missing"),
    (
        "cool_down",
        {"code": "DECLINED_PRICE", "days_left": 40, "until": "2026-12-20"},
        "Ruhezeit bis 20. Dezember nach „Zu teuer“",
        "Cool-down until 20 December after “Too expensive”",
    ),
    ("cool_down", {"code": "STOP_TOPIC", "until": None}, "Ruhezeit nach „Thema nicht", "Cool-down after “Do not raise"),
    ("cool_down", {"code": "NEW_CODE", "until": "2026-12-20"}, "Ruhezeit bis 20. Dezember", "Cool-down until 20 Dec"),
    ("cool_down", {}, "Ruhezeit nach einer früheren Rückmeldung", "Cool-down after an earlier response"),
    ("cool_down", {"until": "bald"}, "Ruhezeit nach einer früheren", "Cool-down after an earlier"),
    ("skill_missing", {"skill": "energy_advice"}, "Erfordert die Befähigung Energie", "Needs the skill Energy advice"),
    ("skill_missing", {"skill": "juggling"}, "Erfordert eine Befähigung", "Needs a skill"),
    ("outranked", {"place": 4}, "Platz 4 – andere Aktionen", "Place 4 – other actions"),
    ("outranked", {}, "Andere Aktionen passen besser", "Other actions fit better"),
    (
        "consent_refused_recently",
        {"until": "2027-05-01"},
        "Einwilligung kürzlich abgelehnt, bis 1. Mai 2027",
        "Consent recently refused, do not ask until 1 May 2027",
    ),
    ("household_cool_down", {"until": "2026-12-20"}, "Der Haushalt wurde gefragt", "The household was asked"),
    ("cap_reached", {"times": 3, "days": 30}, "In 30 Tagen 3-mal angesprochen", "Raised 3 times in 30 days"),
    ("cap_reached", {}, "Zuletzt oft genug angesprochen", "Raised often enough lately"),
    ("not_valid_yet", {"from": "2026-12-20"}, "Beginnt am 20. Dezember", "Starts on 20 December"),
    ("no_longer_valid", {"until": "2026-12-20"}, "Endete am 20. Dezember", "Ended on 20 December"),
    (
        "load_gate",
        {"percent": 25},
        "Viele Anrufe warten: nur Verkauf ab 25\u00a0% Zusage",
        "Many calls are waiting: only sales from 25%",
    ),
    ("arm_nothing", {}, "Ausgelassen", "Left out"),
    ("arm_random", {}, "Durch Los ausgelassen", "Left out by lot"),
    ("advertising_objection", {}, "Werbewiderspruch liegt vor", "Marketing objection on file"),
    ("value_missing", {"attribute": "saving_eur"}, "Ein benötigter Wert fehlt", "A value it needs is missing"),
    ("brand_new", {}, "Ausgeschlossen durch Regel brand_new", "Removed by rule brand_new"),
]


@pytest.mark.parametrize(("rule", "params", "german", "english"), WHY_NOT)
def test_what_removed_an_action_is_a_sentence(
    language: Language, formats: Formats, rule: str, params: Params, german: str, english: str
) -> None:
    item = WhyNot(action_id="X", title="X", kind=ActionKind.SALES, stage=Stage.CONTACT_POLICY, rule=rule, params=params)
    assert why_not(item, formats).startswith(german if language == "de" else english)


def test_reasons_for_come_before_reasons_against_and_every_missing_action_is_listed(formats: Formats) -> None:
    decision = states.helmut_decision("de")
    kinds = [line.kind for line in why_lines(decision, states.concerns("de"), formats)]
    for_and_against = [kind for kind in kinds[: kinds.index("stage")] if kind not in ("title", "factors")]
    assert kinds.count("title") == len(decision.recommendations)
    assert kinds.count("missing") == len(decision.why_not)
    assert "against" in for_and_against
    assert kinds.index("for") < kinds.index("against")


@pytest.mark.parametrize(
    ("propensity", "german", "english"),
    [
        (0.62, "hoch (mindestens jede zweite", "high (at least every second"),
        (0.5, "hoch (mindestens jede zweite", "high (at least every second"),
        (0.49, "mittel (weniger als jede zweite", "medium (fewer than every second"),
        (0.1, "mittel (weniger als jede zweite", "medium (fewer than every second"),
        (0.09, "gering (weniger als eine von zehn", "low (fewer than one customer in ten"),
    ],
)
def test_the_likelihood_of_an_acceptance_is_a_level_and_never_a_number(
    language: Language, formats: Formats, propensity: float, german: str, english: str
) -> None:
    of = Factors(propensity=propensity, context=2, value=0.9, levers=1, priority=1)
    said = factors(of, formats)
    assert (german if language == "de" else english) in said
    assert "%" not in said
    assert formats.number(propensity) not in said


def test_an_action_says_what_weighs_its_likelihood(formats: Formats, language: Language) -> None:
    lines = why_lines(states.helmut_decision(language), states.concerns(language), formats)
    said = next(line.text for line in lines if line.kind == "factors")
    weights = (
        "Gewichte: Anliegen 2,00, Wert 0,90, Schwerpunkt 1,00"
        if language == "de"
        else "Weights: concern 2.00, value 0.90, priority 1.00"
    )
    assert said.endswith(weights)


def test_what_other_systems_were_asked_stands_at_the_end_with_what_became_of_it(
    formats: Formats, language: Language
) -> None:
    uses = (("fix_ct", "answered"), ("fix_base_eur", "answered"), ("bill_date", "late"))
    live = tuple(
        LiveUse.model_validate({"attribute": name, "provider": "tariffs", "state": state, "at": NOW})
        for name, state in uses
    )
    decision = states.helmut_decision(language).model_copy(update={"live": live})
    heading, answered, late = why_lines(decision, states.concerns(language), formats)[-3:]
    said = {
        "de": ("In diesem Gespräch bei anderen Systemen gefragt", "geantwortet um", "keine rechtzeitige Antwort"),
        "en": ("Asked of other systems in this call", "answered at", "no answer in time"),
    }[language]
    assert (heading.strong, late.text) == (said[0], f"{said[2]} (bill_date)")
    assert answered.text.startswith(said[1])
    assert answered.text.endswith("(fix_ct, fix_base_eur)")
