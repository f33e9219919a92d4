"""Words for what the customer allows: purposes, channels, states, answers."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ConsentState
from nba_desktop.domain.panel import ConsentAnswer

translate = QCoreApplication.translate


def consent_purpose(purpose: ConsentPurpose) -> str:
    """What a consent is for."""
    return {
        ConsentPurpose.ADV_OWN: translate("texts", "Our own offers"),
        ConsentPurpose.ADV_PARTNER: translate("texts", "Offers of named partners"),
        ConsentPurpose.RESEARCH: translate("texts", "Satisfaction and market research"),
        ConsentPurpose.PROFILE_USAGE: translate("texts", "Use of consumption data for personal offers"),
    }[purpose]


def consent_channel(channel: ConsentChannel) -> str:
    """By which channel a consent may be used."""
    return {
        ConsentChannel.PHONE: translate("texts", "Phone"),
        ConsentChannel.EMAIL: translate("texts", "E-mail"),
        ConsentChannel.SMS: translate("texts", "SMS"),
        ConsentChannel.POST: translate("texts", "Post"),
        ConsentChannel.PORTAL: translate("texts", "Customer portal"),
        ConsentChannel.PUSH: translate("texts", "App"),
        ConsentChannel.ANY: translate("texts", "Any channel"),
    }[channel]


def consent_state(state: ConsentState) -> str:
    """Where a consent stands."""
    return {
        ConsentState.NOT_ASKED: translate("texts", "not asked yet"),
        ConsentState.ASKED_OPEN: translate("texts", "asked, answer open"),
        ConsentState.REFUSED: translate("texts", "refused"),
        ConsentState.PENDING_CONFIRMATION: translate("texts", "confirmation pending"),
        ConsentState.GRANTED: translate("texts", "granted"),
        ConsentState.WITHDRAWN: translate("texts", "withdrawn"),
        ConsentState.EXPIRED: translate("texts", "expired"),
    }[state]


def consent_answer(answer: ConsentAnswer) -> str:
    """What the customer said."""
    return {
        ConsentAnswer.YES: translate("texts", "Yes"),
        ConsentAnswer.NO: translate("texts", "No"),
        ConsentAnswer.NOT_ASKED: translate("texts", "Not asked"),
    }[answer]


def may_not_ask(because: Literal["", "objected", "refused_recently", "withdrawn", "open_complaint"]) -> str:
    """Why the customer is not to be asked for consent now."""
    return {
        "objected": translate("texts", "A marketing objection is on file: do not ask."),
        "refused_recently": translate("texts", "Refused recently: do not ask again yet."),
        "withdrawn": translate("texts", "Consent was withdrawn: only ask if the customer raises it."),
        "open_complaint": translate("texts", "A complaint is open: do not ask today."),
        "": translate("texts", "Do not ask for consent in this call."),
    }[because]
