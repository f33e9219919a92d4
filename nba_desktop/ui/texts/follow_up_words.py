"""What is promised for a later day, in words: the question for its day, the days offered, and the promise."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import FollowUpKind
from nba_desktop.contract.day import DayFollowUp
from nba_desktop.contract.follow_up import FollowUp
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import FollowUpEntry
from nba_desktop.ui.formats import Formats

translate = QCoreApplication.translate


def follow_up_question(kind: FollowUpKind) -> str:
    """What is asked while a day is chosen."""
    match kind:
        case FollowUpKind.CALLBACK:
            return translate("texts", "Callback – on which day?")
        case FollowUpKind.SEND_INFORMATION:
            return translate("texts", "Send information – by which day?")
        case FollowUpKind.SPECIALIST:
            return translate("texts", "Specialist gets in touch – by which day?")
        case FollowUpKind.CONCERN:
            return translate("texts", "Follow-up – by which day?")


def reached_by(contact: ContactState, formats: Formats) -> str:
    """To whom a promise goes while nobody is settled on; empty once somebody is."""
    party = contact.interaction.other
    if contact.authenticated or contact.settled_customer is not None:
        return ""
    number = "" if party.presentation == "restricted" else formats.phone(party.raw, party.e164)
    if number:
        return translate("texts", "Nobody is identified: this goes to {number}, not to a customer.").format(
            number=number
        )
    return translate("texts", "Nobody is identified and no number is known: please note how to reach the caller.")


def follow_up_kind(kind: FollowUpKind) -> str:
    """What was promised, in a word or two."""
    match kind:
        case FollowUpKind.CALLBACK:
            return translate("texts", "Callback")
        case FollowUpKind.SEND_INFORMATION:
            return translate("texts", "Information will be sent")
        case FollowUpKind.SPECIALIST:
            return translate("texts", "Specialist gets in touch")
        case FollowUpKind.CONCERN:
            return translate("texts", "Follow-up")


def offered_day(days: int, that: date, formats: Formats) -> str:
    """A day that is offered, as short as a chip needs it; of the next days the weekday too."""
    weekday = formats.weekday(that)
    match days:
        case 0:
            return translate("texts", "Today", "a day offered")
        case 1:
            return translate("texts", "Tomorrow, {weekday}").format(weekday=weekday)
        case 7:
            return translate("texts", "In 1 week")
        case 14:
            return translate("texts", "In 2 weeks")
        case _:
            return translate("texts", "In {days} days, {weekday}").format(days=days, weekday=weekday)


def due_words(due: date, at_time: time | None, formats: Formats) -> str:
    """A day and, where one was named, the time: Fri, 13 November, 14:30."""
    day = f"{formats.weekday(due)}, {formats.date(due)}"
    if at_time is None:
        return day
    return translate("texts", "{day} at {time}").format(day=day, time=formats.clock(at_time))


def promised_words(entry: FollowUpEntry | DayFollowUp | FollowUp, formats: Formats) -> str:
    """What was promised for when."""
    due = due_words(entry.due, entry.at_time, formats)
    return translate("texts", "{what}: {when}").format(what=follow_up_kind(entry.kind), when=due)


def clock_over(earliest: time, formats: Formats) -> str:
    """From when on something can be promised for today."""
    return translate("texts", "Too early: {limit} at the earliest.").format(limit=formats.clock(earliest))


def clock_fault(formats: Formats) -> str:
    """How a time is typed so that it can be read."""
    return translate("texts", "Please enter a time such as {example}.").format(example=formats.clock(time(14, 30)))
