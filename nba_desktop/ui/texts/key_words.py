"""What the commands with keys are called, and why one of them cannot have a key."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from nba_desktop.domain.key_map import Command, CommandGroup, KeyProblem
from nba_desktop.domain.key_names import KeyFault

translate = QCoreApplication.translate


def command_name(command: Command) -> str:
    """What a command does, in a few words."""
    names = {
        Command.SEARCH: translate("texts", "Search for the customer"),
        Command.CONFIRM_CALLER: translate("texts", "Confirm the caller as authenticated"),
        Command.TIMELINE: translate("texts", "All contacts of the customer"),
        Command.CRM: translate("texts", "Open the customer or the case in the CRM"),
        Command.DATA_WISH: translate("texts", "Have the customer’s data corrected or erased"),
        Command.HANDOVER: translate("texts", "What a colleague had of the call"),
        Command.NEXT_CALL: translate("texts", "Next call"),
        Command.PREVIOUS_CALL: translate("texts", "Previous call"),
        Command.END_BY_HAND: translate("texts", "End the conversation by hand"),
        Command.SIGN_IN: translate("texts", "Sign in"),
        Command.DAY: translate("texts", "Today’s calls, to correct a response"),
        Command.DUE: translate("texts", "Follow-ups that are due"),
        Command.ANSWERS: translate("texts", "What you reported, and the answers"),
        Command.CONCERN: translate("texts", "Search for the concern"),
        Command.SOLVED: translate("texts", "Concern solved"),
        Command.NOT_SOLVED: translate("texts", "Concern not solved"),
        Command.ACTION_1: translate("texts", "First action"),
        Command.ACTION_2: translate("texts", "Second action"),
        Command.ACTION_3: translate("texts", "Third action"),
        Command.WHY: translate("texts", "Why these actions"),
        Command.QUESTION: translate("texts", "Report an action as wrong or outdated"),
        Command.GUIDE: translate("texts", "Guide"),
        Command.BENEFITS: translate("texts", "Benefits"),
        Command.OBJECTIONS: translate("texts", "Objections"),
        Command.KNOWLEDGE: translate("texts", "Knowledge"),
        Command.GUIDE_BACK: translate("texts", "One step back in the guide"),
        Command.DIGIT_1: translate("texts", "First response or reason"),
        Command.DIGIT_2: translate("texts", "Second response or reason"),
        Command.DIGIT_3: translate("texts", "Third response or reason"),
        Command.DIGIT_4: translate("texts", "Fourth response or reason"),
        Command.DIGIT_5: translate("texts", "Fifth response or reason"),
        Command.DIGIT_6: translate("texts", "Sixth reason"),
        Command.UNDO: translate("texts", "Change the last response"),
        Command.NOTE: translate("texts", "Note on the call"),
        Command.CONSENT: translate("texts", "Consent"),
        Command.FINISH: translate("texts", "Finish the wrap-up"),
        Command.CLOSE: translate("texts", "Close what is open, then leave the panel"),
        Command.COLLAPSE: translate("texts", "Fold the panel into a strip, or open it"),
        Command.WINDOW_MENU: translate("texts", "Menu of the panel"),
        Command.PREFERENCES: translate("texts", "Preferences"),
        Command.FORWARD: translate("texts", "Bring the panel forward"),
        Command.SPEAKER: translate("texts", "Somebody else speaks for the customer"),
        Command.FOLLOW_UP: translate("texts", "Plan a follow-up for the concern"),
        Command.FLAGS: translate("texts", "What keeps this call quiet"),
        Command.HELP: translate("texts", "Keys and help"),
        Command.OWN_REVIEW: translate("texts", "My review"),
        Command.PRACTICE: translate("texts", "Practise with made-up calls"),
        Command.PRACTICE_STEP: translate("texts", "Practice: let it ring, take the call, hang up"),
    }
    return names[command]


def command_group(group: CommandGroup) -> str:
    """The heading of a group of commands."""
    return {
        CommandGroup.CALL: translate("texts", "Call and customer"),
        CommandGroup.CONCERN: translate("texts", "Concern"),
        CommandGroup.ACTIONS: translate("texts", "Actions"),
        CommandGroup.RESPONSE: translate("texts", "Responses and consent"),
        CommandGroup.WINDOW: translate("texts", "Panel"),
    }[group]


def key_problem(problem: KeyProblem) -> str:
    """Why a command cannot have a key, naming the key and whoever has it already."""
    key = native_key(problem.key)
    match problem.why:
        case KeyFault.TAKEN if problem.other is not None:
            return translate("texts", "{key} is the key for “{other}” already.").format(
                key=key, other=command_name(problem.other)
            )
        case KeyFault.TYPING:
            return translate("texts", "{key} is needed for typing. Use it with Ctrl or Alt.").format(key=key)
        case KeyFault.EDITING:
            return translate("texts", "{key} is needed for editing text.").format(key=key)
        case KeyFault.SYSTEM:
            return translate("texts", "{key} belongs to the system.").format(key=key)
        case KeyFault.FIXED:
            return translate("texts", "This key is the same in every program and stays as it is.")
        case _:
            return translate("texts", "{key} cannot be used here.").format(key=key or "–")


def kept_key_words(params: Mapping[str, str]) -> str:
    """What became of a key that was kept and cannot be used; `params` are those of `key_notice`."""
    one, other, key = params.get("command", ""), params.get("other", ""), native_key(params.get("key", ""))
    if one not in _NAMES:
        return translate("texts", "A key is set for “{name}”, which the panel does not know. It is left out.").format(
            name=params.get("name", "")
        )
    if other in _NAMES:
        return translate("texts", "{key} was set for “{one}” and for “{other}”. The usual keys hold again.").format(
            key=key, one=command_name(_NAMES[one]), other=command_name(_NAMES[other])
        )
    return translate("texts", "{key} cannot be the key for “{one}”, which has its usual key.").format(
        key=key or "–", one=command_name(_NAMES[one])
    )


def native_key(key: str) -> str:
    """A key as the platform writes it: Strg+1 in German."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


_NAMES = {command.value: command for command in Command}
