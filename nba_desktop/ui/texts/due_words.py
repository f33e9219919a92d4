"""How much of the due list waits, and what of it is due now, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.domain.due_list import DueState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.follow_up_words import follow_up_kind

translate = QCoreApplication.translate


def due_count(due: DueState) -> str:
    """How many are due and overdue; without any, or before it is known, what the list is called."""
    if due.listed is None:
        return translate("texts", "Follow-ups")
    counts = []
    if due.today:
        counts.append(translate("texts", "{count} due today").format(count=due.today))
    if due.late:
        counts.append(translate("texts", "{count} overdue").format(count=due.late))
    return ", ".join(counts) or translate("texts", "Follow-ups: none due today")


def due_now(due: DueState, formats: Formats) -> str:
    """What is due since its time came; empty when nothing is."""
    one = due.now_due
    if one is None or one.at_time is None:
        return ""
    return translate("texts", "Now due: {what}, {time}").format(
        what=follow_up_kind(one.kind), time=formats.clock(one.at_time)
    )
