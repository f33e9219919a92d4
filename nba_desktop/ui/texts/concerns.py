"""Contact reasons: their names, and what in the journey makes one probable."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.base import Params
from nba_desktop.contract.contact import Concern
from nba_desktop.contract.journey import ProbableConcern
from nba_desktop.domain.entries import ConcernOutcome
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.filling import fill
from nba_desktop.ui.texts.forms import form_word

translate = QCoreApplication.translate


def concern_label(code: str, concerns: tuple[Concern, ...]) -> str:
    """The site's own name of a contact reason, else the usual one, else the code's words."""
    for concern in concerns:
        if concern.code == code:
            return concern.label
    return _usual(code)


def outcome_word(outcome: ConcernOutcome | None) -> str:
    """What became of a concern in this call."""
    match outcome:
        case ConcernOutcome.SOLVED:
            return translate("texts", "solved")
        case ConcernOutcome.NOT_SOLVED:
            return translate("texts", "not solved")
        case ConcernOutcome.FOLLOW_UP:
            return translate("texts", "follow-up")
        case None:
            return translate("texts", "open", "concern")


def sentence_params(params: Params, formats: Formats, concerns: tuple[Concern, ...]) -> dict[str, str]:
    """The parameters of a journey sentence as words: topics and forms by name, money and days by locale."""
    words = formats.params(params)
    for name in ("topic", "concern"):
        if name in words:
            words[name] = concern_label(words[name], concerns)
    for name in ("form", "of"):
        if name in words:
            words[name] = form_word(words[name])
    for name in ("days_ago", "days"):
        days = params.get(name)
        if isinstance(days, int):
            words["ago"] = formats.days_ago(days)
    return words


def probable_because(probable: ProbableConcern, formats: Formats, concerns: tuple[Concern, ...]) -> str:
    """What in the journey makes a concern probable; empty when the reason is not known to this panel."""
    p = sentence_params(probable.params, formats, concerns)
    if probable.sentence is not None:
        return fill(probable.sentence, p)
    match probable.because:
        case "form_abandoned":
            return fill(
                translate("texts", "{form} abandoned in the portal {ago}"),
                p,
                translate("texts", "Abandoned in the portal"),
            )
        case "open_case":
            return fill(translate("texts", "Case opened {ago}"), p, translate("texts", "Case open"))
        case "complaint_open":
            return translate("texts", "Complaint still open")
        case "callback_missed":
            return translate("texts", "Promised callback was missed")
        case "outage_now":
            return translate("texts", "Outage reported")
        case "price_change_ahead":
            return fill(
                translate("texts", "Price change on {effective_date}"), p, translate("texts", "Price change ahead")
            )
        case "price_letter":
            return fill(translate("texts", "Price letter sent {ago}"), p, translate("texts", "Price letter sent"))
        case "move_announced":
            return fill(translate("texts", "Move announced for {move_date}"), p, translate("texts", "Move announced"))
        case "termination_received":
            return fill(translate("texts", "Notice received {ago}"), p, translate("texts", "Notice received"))
        case "payment_reminder":
            return fill(translate("texts", "Reminder no. {level}, {ago}"), p, translate("texts", "Reminder sent"))
        case "bill_recent":
            return fill(translate("texts", "Bill sent {ago}"), p, translate("texts", "Bill sent recently"))
        case "balance_forecast" if probable.params.get("kind") == "back_payment":
            return fill(
                translate("texts", "Back payment of {amount_eur} expected"),
                p,
                translate("texts", "Back payment expected"),
            )
        case "balance_forecast":
            return fill(translate("texts", "Credit of {amount_eur} expected"), p, translate("texts", "Credit expected"))
        case "contact_topic":
            return fill(
                translate("texts", "Last contact about it {ago}"), p, translate("texts", "Contact about it before")
            )
        case "handed_over" if probable.params.get("own"):
            return translate("texts", "Concern in your part before")
        case "handed_over":
            return translate("texts", "Concern at the colleague’s")
        case "called_before" if probable.params.get("times") == 1:
            return fill(
                translate("texts", "Called about this {ago}"), p, translate("texts", "Called about this before")
            )
        case "called_before":
            return fill(
                translate("texts", "Called about this {times} times, last {ago}"),
                p,
                translate("texts", "Called about this before"),
            )
        case "common":
            return translate("texts", "Common concern")
        case _:
            return ""


def _usual(code: str) -> str:
    match code:
        case "instalment":
            return translate("texts", "Instalment")
        case "price_change":
            return translate("texts", "Price change")
        case "move":
            return translate("texts", "Move")
        case "bill":
            return translate("texts", "Bill")
        case "meter_reading":
            return translate("texts", "Meter reading")
        case "payment":
            return translate("texts", "Payment")
        case "outage":
            return translate("texts", "Outage")
        case "termination":
            return translate("texts", "Notice")
        case "tariff":
            return translate("texts", "Tariff")
        case "contract_data":
            return translate("texts", "Contract data")
        case "heating":
            return translate("texts", "Heating")
        case "charging":
            return translate("texts", "Charging")
        case "complaint":
            return translate("texts", "Complaint")
        case "consent":
            return translate("texts", "Advertising")
        case _:
            return code.replace("_", " ")
