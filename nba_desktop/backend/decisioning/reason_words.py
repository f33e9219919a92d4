"""Reason codes in plain words, for reports and the terminal; a code that is not known here is shown as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from nba_desktop.contract.base import Language, Params
from nba_desktop.contract.recommendation import Because, WhyNot

_Words = Mapping[str, tuple[str, str]]

_BECAUSE: Final[_Words] = {
    "concern_match": ("passt zum Anliegen {concern}", "fits the concern {concern}"),
    "rule_met": ("{text}", "{text}"),
    "lever": ("Schwerpunkt des Unternehmens: {text} ({percent:+} %)", "priority of the site: {text} ({percent:+} %)"),
    "context": ("das Anliegen {concern} zählt {percent:+} %", "the concern {concern} counts {percent:+} %"),
    "event": ("{text} ({percent:+} %)", "{text} ({percent:+} %)"),
    "propensity_high": ("Zusage wahrscheinlich", "acceptance is likely"),
    "propensity_low": ("Zusage unwahrscheinlich", "acceptance is unlikely"),
    "value_high": ("überdurchschnittlicher Wert", "above-average value"),
    "bonus": ("ein Bonus von {eur} EUR lohnt sich", "a bonus of {eur} EUR is worth it"),
    "explored": ("ausprobiert, weil noch wenig bekannt ist", "tried out because little is known yet"),
    "service_reserved": ("ein Platz ist für Service frei gehalten", "one place is kept for service"),
    "not_strategic": ("ein Nebenprodukt steht nie an erster Stelle", "a side product never ranks first"),
    "quiet_until_solved": (
        "erst ansprechen, wenn das Anliegen gelöst ist",
        "raise only once the concern is solved",
    ),
    "quiet_not_solved": (
        "das Anliegen ist nicht gelöst: besser nicht ansprechen",
        "the concern is not solved: better not raise it",
    ),
    "recent_trouble": ("schlechte Erfahrung vor {days_ago} Tagen", "bad experience {days_ago} days ago"),
    "data_not_used": (
        "Nutzungsdaten ohne Einwilligung nicht berücksichtigt",
        "usage data not considered without consent",
    ),
    "arm_random": ("Reihenfolge zum Vergleich ausgelost", "order drawn by lot, to compare"),
    "arm_without_levers": ("zum Vergleich ohne Schwerpunkte gereiht", "ranked without levers, to compare"),
}
_WHY_NOT: Final[_Words] = {
    "advertising_objection": ("Werbewiderspruch liegt vor", "marketing objection on file"),
    "not_valid_yet": ("beginnt am {from}", "starts on {from}"),
    "no_longer_valid": ("endete am {until}", "ended on {until}"),
    "open_complaint": ("eine Beschwerde ist offen", "a complaint is open"),
    "quiet_complaint": ("eine Beschwerde wurde im Gespräch bemerkt", "a complaint was noticed in the call"),
    "quiet_outage": ("eine Störung liegt vor", "an outage is going on"),
    "quiet_vulnerable": ("der Kunde ist besonders zu schützen", "the customer needs special protection"),
    "representative": ("jemand anderes spricht für den Kunden", "somebody else speaks for the customer"),
    "consent_settled": ("die Einwilligung ist schon geklärt", "the consent is settled already"),
    "placement": ("nicht für diese Stelle des Portals", "not for this place of the portal"),
    "cool_down": ("Ruhezeit nach {code} bis {until}", "cool-down after {code} until {until}"),
    "household_cool_down": (
        "der Haushalt wurde gefragt ({code}), bis {until}",
        "the household was asked ({code}), until {until}",
    ),
    "already_accepted": ("schon angenommen", "accepted already"),
    "topic_blocked": ("das Thema soll nicht angesprochen werden", "does not want the topic raised"),
    "wrong_data": ("die Daten werden geprüft", "the data are being checked"),
    "cap_reached": (
        "Obergrenze von {times} Mal in {days} Tagen erreicht, frei am {until}",
        "cap of {times} times within {days} days reached, free on {until}",
    ),
    "consent_refused_recently": (
        "Einwilligung vor Kurzem abgelehnt, bis {until} nicht fragen",
        "consent refused recently, not to be asked until {until}",
    ),
    "value_missing": ("der Wert {attribute} fehlt und wird gebraucht", "the value {attribute} is missing and needed"),
    "skill_missing": ("dem Kundenberater fehlt die Befähigung {skill}", "the agent needs the skill {skill}"),
    "load_gate": (
        "hoher Andrang: Verkauf nur ab {percent} % Zusage",
        "the queues are busy: only sales from {percent} % acceptance",
    ),
    "outranked": ("Platz {place}", "place {place}"),
    "one_consent_only": ("höchstens eine Frage nach Einwilligung", "at most one consent question"),
    "service_reserved": ("der Platz ist für Service frei gehalten", "the place is kept for a service action"),
    "arm_nothing": ("zum Messen der Wirkung weggelassen", "left out to measure the effect"),
}


def because_words(reason: Because, language: Language) -> str:
    """One reason that speaks for or against a shown action."""
    return _filled(_BECAUSE.get(reason.code), reason.code, reason.params, language)


def why_not_words(item: WhyNot, language: Language) -> str:
    """The rule that removed an action; a rule of the catalogue says its own text."""
    if item.params.get("text"):
        missing = " (ein gefragter Wert fehlt)" if language == "de" else " (a value it asks for is missing)"
        return f"{item.params['text']}{missing if item.params.get('unknown') else ''} [{item.rule}]"
    return _filled(_WHY_NOT.get(item.rule), item.rule, item.params, language)


def _filled(sentences: tuple[str, str] | None, code: str, params: Params, language: Language) -> str:
    if sentences is not None:
        try:
            return sentences[0 if language == "de" else 1].format(**params)
        except (KeyError, ValueError):
            # A value is missing or not what the sentence says: code and values hide nothing.
            pass
    values = ", ".join(f"{name} {value}" for name, value in params.items())
    return f"{code} ({values})" if values else code
