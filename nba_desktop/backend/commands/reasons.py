"""Reason codes in plain English, for the terminal; a code that is not known here is shown as it is."""

from __future__ import annotations

from nba_desktop.contract.base import Params
from nba_desktop.contract.recommendation import Because, WhyNot

_BECAUSE = {
    "concern_match": "fits the concern {concern}",
    "rule_met": "{text}",
    "lever": "priority of the site: {text} ({percent:+} %)",
    "context": "the concern {concern} counts {percent:+} %",
    "propensity_high": "acceptance is likely",
    "propensity_low": "acceptance is unlikely",
    "value_high": "above-average value",
    "bonus": "a bonus of {eur} EUR is worth it",
    "explored": "tried out because little is known yet",
    "service_reserved": "one place is kept for service",
    "not_strategic": "a side product never ranks first",
    "quiet_until_solved": "raise only once the concern is solved",
    "quiet_not_solved": "the concern is not solved: better not raise it",
    "recent_trouble": "bad experience {days_ago} days ago",
    "data_not_used": "usage data not considered without consent",
    "arm_random": "order drawn by lot, to compare",
    "arm_without_levers": "ranked without levers, to compare",
}
_WHY_NOT = {
    "advertising_objection": "marketing objection on file",
    "not_valid_yet": "starts on {from}",
    "no_longer_valid": "ended on {until}",
    "open_complaint": "a complaint is open",
    "quiet_complaint": "a complaint was noticed in the call",
    "quiet_outage": "an outage is going on",
    "quiet_vulnerable": "the customer needs special protection",
    "representative": "somebody else speaks for the customer",
    "consent_settled": "the consent is settled already",
    "placement": "not for this place of the portal",
    "cool_down": "cool-down after {code} until {until}",
    "household_cool_down": "the household was asked ({code}), until {until}",
    "already_accepted": "accepted already",
    "topic_blocked": "does not want the topic raised",
    "wrong_data": "the data are being checked",
    "cap_reached": "cap of {times} times within {days} days reached, free on {until}",
    "consent_refused_recently": "consent refused recently, not to be asked until {until}",
    "skill_missing": "the agent needs the skill {skill}",
    "load_gate": "the queues are busy: only sales from {percent} % acceptance",
    "outranked": "place {place}",
    "one_consent_only": "at most one consent question",
    "service_reserved": "the place is kept for a service action",
    "arm_nothing": "left out to measure the effect",
}


def because_text(reason: Because) -> str:
    """One reason that speaks for or against a shown action."""
    return _filled(_BECAUSE.get(reason.code), reason.code, reason.params)


def why_not_text(item: WhyNot) -> str:
    """The rule that removed an action; a rule of the catalogue says its own text."""
    if item.params.get("text"):
        unknown = " (a value it asks for is missing)" if item.params.get("unknown") else ""
        return f"{item.params['text']}{unknown} [{item.rule}]"
    return _filled(_WHY_NOT.get(item.rule), item.rule, item.params)


def _filled(sentence: str | None, code: str, params: Params) -> str:
    if sentence is not None:
        try:
            return sentence.format(**params)
        except (KeyError, ValueError):
            # A value is missing or not what the sentence says: code and values hide nothing.
            pass
    values = ", ".join(f"{name} {value}" for name, value in params.items())
    return f"{code} ({values})" if values else code
