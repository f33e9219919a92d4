"""What a colleague had of this call before, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.contact import Concern
from nba_desktop.contract.handover import HandedAction, Handover, HandoverDetails
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.call_words import clock_words
from nba_desktop.ui.texts.concerns import concern_label
from nba_desktop.ui.texts.response_words import response_code

translate = QCoreApplication.translate


def handover_line(handover: Handover, formats: Formats) -> str:
    """That a colleague had this call, and how sure that is; nothing of what was said in it."""
    time = clock_words(handover.at, formats)
    if handover.own:
        return translate("texts", "Your own part of this call, until {time}").format(time=time)
    if handover.certain:
        return translate("texts", "Transferred: a colleague had this call until {time}").format(time=time)
    return translate("texts", "Probably the same call a colleague had until {time}").format(time=time)


def handed_concern(details: HandoverDetails, concerns: tuple[Concern, ...]) -> str:
    """The concern and whether it is solved; empty when neither was recorded."""
    label = concern_label(details.concern, concerns) if details.concern else ""
    return ", ".join(filter(None, (label, _solved(details.solved))))


def _solved(solved: bool | None) -> str:
    if solved is None:
        return ""
    return translate("texts", "solved") if solved else translate("texts", "not solved")


def handover_brief(details: HandoverDetails, concerns: tuple[Concern, ...]) -> str:
    """The colleague's part in one line: concern, what is still open, whether there is a note."""
    still_open = sum(action.response is None for action in details.actions)
    parts = [
        handed_concern(details, concerns),
        translate("texts", "{count} open").format(count=still_open) if still_open else "",
        translate("texts", "nothing open") if details.actions and not still_open else "",
        translate("texts", "note") if details.note else "",
    ]
    return " · ".join(filter(None, parts)) or translate("texts", "nothing recorded")


def handed_action(action: HandedAction) -> str:
    """What became of one action: raised, the objections by their phrases, the response or that it is open."""
    objections = ", ".join(translate("texts", "“{phrase}”").format(phrase=phrase) for phrase in action.objections)
    said = translate("texts", "objection {phrases}").format(phrases=objections) if objections else ""
    ended = translate("texts", "still open") if action.response is None else response_code(action.response)
    return ", ".join(filter(None, (translate("texts", "raised"), said, ended)))
