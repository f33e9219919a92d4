"""The words of the long timeline beside those of its touchpoints: headings, cases, how long before the call."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import ContactChannel
from nba_desktop.contract.journey import Touchpoint
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.history import HistoryState, HistoryStatus
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.failures import failure
from nba_desktop.ui.texts.journey import channel_word

translate = QCoreApplication.translate


def before_call_heading(last_call: Touchpoint | None, formats: Formats) -> str:
    """What the newest contacts have in common: they came after the last call, or within a day of this one."""
    if last_call is None:
        return translate("texts", "Before this call – the last 24 hours")
    return translate("texts", "Before this call – since the call on {day}").format(
        day=formats.plain_day(formats.local_day(last_call.at))
    )


def nothing_before_call() -> str:
    """That the customer did nothing that could explain this call."""
    return translate("texts", "Nothing in the 24 hours before this call")


def before_call(before: timedelta) -> str:
    """How long before the call something was: 25 min before the call, 3 h before the call."""
    minutes = max(1, round(before.total_seconds() / 60))
    if minutes < 60:
        return translate("texts", "{minutes} min before the call").format(minutes=minutes)
    return translate("texts", "{hours} h before the call").format(hours=round(minutes / 60))


def case_words(is_open: bool, contacts: int) -> str:
    """How a case stands, and how many contacts belong to it."""
    if contacts < 2:
        return translate("texts", "Case open") if is_open else translate("texts", "Case closed")
    if is_open:
        return translate("texts", "Case open · {contacts} contacts").format(contacts=contacts)
    return translate("texts", "Case closed · {contacts} contacts").format(contacts=contacts)


def case_chip(is_open: bool, since: Touchpoint, formats: Formats) -> str:
    """A case as a filter; a case has no name but when it began."""
    day = formats.plain_day(formats.local_day(since.at))
    if is_open:
        return translate("texts", "Case open since {day}").format(day=day)
    return translate("texts", "Case of {day}, closed").format(day=day)


def changed_channel(earlier: ContactChannel, later: ContactChannel | None) -> str:
    """A media break of which no more is known than its channels."""
    if later is None:
        return translate("texts", "{channel} without result – this call.").format(channel=channel_word(earlier))
    return translate("texts", "{channel} without result – then {later}.").format(
        channel=channel_word(earlier), later=channel_word(later)
    )


def rest_words(history: HistoryState) -> str:
    """How the contacts stand that are not in the list yet; empty when all are, or nobody has asked."""
    match history.status:
        case HistoryStatus.LOADING:
            return translate("texts", "older ones are loading …")
        case HistoryStatus.SLOW:
            return translate("texts", "older ones are taking longer …")
        case HistoryStatus.FAILED:
            why = failure(history.failure or FailureCode.TOO_LATE)
            return translate("texts", "older ones not available: {why}").format(why=why)
        case _:
            return ""
