"""Sentences for what speaks for and against a recommended action."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.contact import Concern
from nba_desktop.contract.recommendation import Because, Factors
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.concerns import concern_label

translate = QCoreApplication.translate


def because(reason: Because, concerns: tuple[Concern, ...], formats: Formats) -> str:
    """One reason as a sentence; `concerns` are the site's contact reasons.

    A reason that this panel does not know is shown with its code, so that nothing the decision says is hidden.
    """
    params = reason.params
    if reason.code == "rule_met" and params.get("text"):
        return str(params["text"])
    if reason.code == "event" and params.get("text"):
        return str(params["text"])
    if reason.code == "lever" and params.get("text"):
        return translate("texts", "Priority: {text}").format(text=params["text"])
    if reason.code == "concern_match" and params.get("concern"):
        label = concern_label(str(params.get("concern") or ""), concerns)
        return translate("texts", "Fits the concern {concern}").format(concern=label)
    if reason.code == "recent_trouble":
        return _recent_trouble(params.get("days_ago"), formats)
    if reason.code == "context" and isinstance(percent := params.get("percent"), int | float):
        return translate("texts", "The concern counts {percent} for it").format(percent=formats.signed_percent(percent))
    if reason.code == "bonus" and isinstance(eur := params.get("eur"), int | float):
        return translate("texts", "A bonus of {amount} is worth it").format(amount=formats.money(eur))
    sentences = {
        "concern_match": translate("texts", "Fits the concern"),
        "rule_met": translate("texts", "The conditions of the action are met"),
        "lever": translate("texts", "Priority of the site"),
        "event": translate("texts", "Something happened that speaks for it"),
        "propensity_high": translate("texts", "Acceptance is likely"),
        "propensity_low": translate("texts", "Acceptance is unlikely"),
        "value_high": translate("texts", "Above-average benefit"),
        "service_reserved": translate("texts", "One place is kept for service"),
        "not_strategic": translate("texts", "As a side product never ranks first"),
        "quiet_until_solved": translate("texts", "Raise only once the concern is solved"),
        "quiet_not_solved": translate("texts", "Concern not solved – better not raise today"),
        "data_not_used": translate("texts", "Usage data not considered without consent"),
        "context": translate("texts", "The concern counts for it"),
        "bonus": translate("texts", "A bonus is worth it"),
        "explored": translate("texts", "Tried out: little is known about it yet"),
        "arm_random": translate("texts", "Order drawn by lot, to compare"),
        "arm_without_levers": translate("texts", "Ranked without priorities, to compare"),
    }
    return sentences.get(reason.code) or translate("texts", "Further reason ({code})").format(code=reason.code)


def factors(of: Factors, formats: Formats) -> str:
    """What an action's place in the order comes of: how likely an acceptance is, as a level, and what weighs it."""
    likelihood = {
        "high": translate("texts", "Likelihood high (at least every second customer accepts)"),
        "medium": translate("texts", "Likelihood medium (fewer than every second customer accepts)"),
        "low": translate("texts", "Likelihood low (fewer than one customer in ten accepts)"),
    }[of.likelihood]
    weights = translate("texts", "{likelihood}. Weights: concern {context}, value {value}, priority {levers}")
    return weights.format(
        likelihood=likelihood,
        context=formats.factor(of.context),
        value=formats.factor(of.value),
        levers=formats.factor(of.levers),
    )


def _recent_trouble(days_ago: object, formats: Formats) -> str:
    if not isinstance(days_ago, int):
        return translate("texts", "Bad experience recently")
    return translate("texts", "Bad experience {when}").format(when=formats.days_ago(days_ago))
