"""Words for what the customer allows: purposes, channels, states, answers."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ConsentState
from nba_desktop.contract.consent import ConsentStatus, ConsentWording
from nba_desktop.domain.consent_draft import ConsentAnswer
from nba_desktop.ui.formats import Formats

translate = QCoreApplication.translate
OBJECTED_IN: Final = (ConsentPurpose.ADV_OWN, ConsentChannel.ANY)
"""Under which purpose and channel a marketing objection is recorded."""


def consent_purpose(purpose: ConsentPurpose) -> str:
    """What a consent is for."""
    return {
        ConsentPurpose.ADV_OWN: translate("texts", "Our own offers"),
        ConsentPurpose.ADV_PARTNER: translate("texts", "Offers of named partners"),
        ConsentPurpose.RESEARCH: translate("texts", "Satisfaction and market research"),
        ConsentPurpose.PROFILE_USAGE: translate("texts", "Use of consumption data for personal offers"),
        ConsentPurpose.RECORDING: translate("texts", "Recording of this call"),
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


def state_words(status: ConsentStatus, formats: Formats) -> str:
    """Where a consent stands and since when, and until when it is left alone; weak proof is said."""
    parts = [consent_state(status.state)]
    if status.since:
        parts.append(formats.day_within(status.since))
    if status.weak_proof:
        parts.append(translate("texts", "weak proof"))
    if status.rests_until:
        parts.append(translate("texts", "ask again from {day}").format(day=formats.day(status.rests_until)))
    elif status.rests:
        parts.append(translate("texts", "only if the customer raises it"))
    return " · ".join(parts)


def wording_version(wording: ConsentWording) -> str:
    """Which version of a wording, in which language."""
    spoken = {"de": translate("texts", "German"), "en": translate("texts", "English")}[wording.language]
    version = translate("texts", "{language}, version {number}")
    return version.format(language=spoken, number=wording.version)


def pending_words() -> str:
    """What happens to a yes that is not proven by the call alone."""
    return translate(
        "texts",
        "E-mail and SMS: a yes counts once the customer has confirmed it by the link sent to him. Until then it is"
        " “confirmation pending” and is not used.",
    )


def weak_proof_words() -> str:
    """What weak proof is."""
    return translate(
        "texts", "Weak proof: only your entry shows the consent. A recording or a confirmation in text form proves it."
    )


def consent_answer(answer: ConsentAnswer) -> str:
    """What the customer said."""
    return {
        ConsentAnswer.YES: translate("texts", "Yes"),
        ConsentAnswer.NO: translate("texts", "No"),
        ConsentAnswer.NOT_ASKED: translate("texts", "Not asked"),
    }[answer]


def may_not_ask(
    because: Literal["", "objected", "refused_recently", "withdrawn", "open_complaint", "representative"],
) -> str:
    """Why the customer is not to be asked for consent now."""
    return {
        "objected": translate("texts", "A marketing objection is on file: do not ask."),
        "refused_recently": translate("texts", "Refused recently: do not ask again yet."),
        "withdrawn": translate("texts", "Consent was withdrawn: only ask if the customer raises it."),
        "open_complaint": translate("texts", "A complaint is open: do not ask today."),
        "representative": translate(
            "texts",
            "Somebody else speaks for the customer: do not ask. Withdrawing or objecting for the customer is possible.",
        ),
        "": translate("texts", "Do not ask for consent in this call."),
    }[because]
