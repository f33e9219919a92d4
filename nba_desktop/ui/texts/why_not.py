"""Sentences for why an action is not shown."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import ResponseCode, Stage
from nba_desktop.contract.recommendation import WhyNot
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.response_words import response_code

translate = QCoreApplication.translate


def why_not_stage(stage: Stage) -> str:
    """The stage of a decision as the heading of what it removed."""
    return {
        Stage.LEGAL: translate("texts", "Law"),
        Stage.ELIGIBILITY: translate("texts", "Eligibility"),
        Stage.APPLICABILITY: translate("texts", "Applies now"),
        Stage.SUITABILITY: translate("texts", "Suitability"),
        Stage.CONTACT_POLICY: translate("texts", "Contact rules"),
        Stage.AGENT: translate("texts", "Skill"),
        Stage.SELECTION: translate("texts", "Order"),
    }[stage]


def why_not(item: WhyNot, formats: Formats) -> str:
    """The rule that removed an action, as a sentence.

    A rule that this panel does not know is shown with its code, so that nothing the decision says is hidden.
    """
    params = item.params
    if params.get("text"):
        text = str(params["text"])
        return translate("texts", "{text} – value missing").format(text=text) if params.get("unknown") else text
    until = _day(params.get("until"), formats)
    if item.rule == "cool_down":
        return _cool_down(params.get("code"), until)
    if item.rule == "household_cool_down" and until:
        return translate("texts", "The household was asked: cool-down until {until}").format(until=until)
    if item.rule == "cap_reached":
        return _cap_reached(params.get("times"), params.get("days"), formats)
    since = _day(params.get("from"), formats)
    if item.rule == "not_valid_yet" and since:
        return translate("texts", "Starts on {day}").format(day=since)
    if item.rule == "no_longer_valid" and until:
        return translate("texts", "Ended on {day}").format(day=until)
    if item.rule == "load_gate" and isinstance(percent := params.get("percent"), int | float):
        return translate("texts", "Many calls are waiting: only sales from {percent} acceptance").format(
            percent=formats.percent(percent)
        )
    if item.rule == "consent_refused_recently" and until:
        return translate("texts", "Consent recently refused, do not ask until {until}").format(until=until)
    if item.rule == "skill_missing":
        return _skill_missing(str(params.get("skill") or ""))
    if item.rule == "outranked" and isinstance(params.get("place"), int):
        return translate("texts", "Place {place} – other actions fit better").format(place=params["place"])
    sentences = {
        "advertising_objection": translate("texts", "Marketing objection on file"),
        "open_complaint": translate("texts", "Complaint is still open"),
        "quiet_complaint": translate("texts", "A complaint was noticed in this call"),
        "quiet_outage": translate("texts", "An outage is going on"),
        "quiet_vulnerable": translate("texts", "Customer needs special protection"),
        "representative": translate("texts", "Somebody else speaks for the customer"),
        "already_accepted": translate("texts", "Already accepted"),
        "topic_blocked": translate("texts", "Customer does not want this topic raised"),
        "wrong_data": translate("texts", "Data are being checked"),
        "consent_refused_recently": translate("texts", "Consent recently refused"),
        "outranked": translate("texts", "Other actions fit better"),
        "one_consent_only": translate("texts", "At most one consent question per call"),
        "service_reserved": translate("texts", "Place kept for a service action"),
        "household_cool_down": translate("texts", "The household was asked recently"),
        "not_valid_yet": translate("texts", "Has not started yet"),
        "no_longer_valid": translate("texts", "Has ended"),
        "load_gate": translate("texts", "Many calls are waiting: only the most likely sales"),
        "placement": translate("texts", "Not for this place of the portal"),
        "value_missing": translate("texts", "A value it needs is missing"),
        "consent_settled": translate("texts", "Consent is already settled"),
        "arm_random": translate("texts", "Left out by lot, to compare"),
        "arm_nothing": translate("texts", "Left out, to measure the effect"),
    }
    return sentences.get(item.rule) or translate("texts", "Removed by rule {code}").format(code=item.rule)


def _cool_down(code: object, until: str) -> str:
    said = response_code(ResponseCode(code)) if isinstance(code, str) and code in list(ResponseCode) else ""
    if said and until:
        return translate("texts", "Cool-down until {until} after “{code}”").format(until=until, code=said)
    if said:
        return translate("texts", "Cool-down after “{code}”").format(code=said)
    if until:
        return translate("texts", "Cool-down until {until}").format(until=until)
    return translate("texts", "Cool-down after an earlier response")


def _cap_reached(times: object, days: object, formats: Formats) -> str:
    if not isinstance(times, int) or not isinstance(days, int):
        return translate("texts", "Raised often enough lately")
    return translate("texts", "Raised {times} times in {days} days, that is enough").format(
        times=formats.number(times), days=formats.number(days)
    )


def _skill_missing(skill: str) -> str:
    skills = {
        "energy_advice": translate("texts", "Energy advice"),
        "retention": translate("texts", "Customer retention"),
    }
    name = skills.get(skill)
    if name is None:
        return translate("texts", "Needs a skill that you do not have")
    return translate("texts", "Needs the skill {skill}").format(skill=name)


def _day(value: object, formats: Formats) -> str:
    """A day in full by locale; empty when there is none, or none that is a date."""
    if not isinstance(value, str):
        return ""
    try:
        return formats.date(date.fromisoformat(value))
    except ValueError:
        return ""
