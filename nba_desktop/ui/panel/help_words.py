"""What each part of the panel is for, in one line each."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.panel.keys import shown

translate = QCoreApplication.translate


def part_lines(keys: KeyMap) -> tuple[tuple[str, str], ...]:
    """The parts of the panel from top to bottom: what it is called, and what is done there."""
    return (
        (
            translate("help", "Call"),
            translate("help", "state, time, number and queue; at the right how the links to telephone and backend are"),
        ),
        (
            translate("help", "Customer"),
            translate("help", "who is calling; tick what he answered correctly, then confirm with {key}").format(
                key=shown(keys[Command.CONFIRM_CALLER])
            ),
        ),
        (translate("help", "Journey"), translate("help", "his last contacts, and where he could not get on")),
        (
            translate("help", "Concern"),
            translate("help", "why he is calling; once it is solved ({key}) the actions are ranked anew").format(
                key=shown(keys[Command.SOLVED])
            ),
        ),
        (
            translate("help", "Next best actions"),
            translate("help", "up to three, each with a reason that you can say to the customer"),
        ),
        (
            translate("help", "Guide, benefits, objections, knowledge"),
            translate("help", "the words for the action you have chosen"),
        ),
        (
            translate("help", "Response"),
            translate("help", "what became of the action; it counts at once, and {key} takes it back").format(
                key=shown(keys[Command.UNDO])
            ),
        ),
        (
            translate("help", "Consent"),
            translate("help", "read the wording aloud first; then yes, no or not asked ({key})").format(
                key=shown(keys[Command.CONSENT])
            ),
        ),
        (
            translate("help", "Wrap-up"),
            translate("help", "only what is still open; finish with {key}").format(key=shown(keys[Command.FINISH])),
        ),
        (
            translate("help", "Between calls"),
            translate(
                "help", "what you promised and is due ({due}), and answers to actions that you reported ({answers})"
            ).format(due=shown(keys[Command.DUE]), answers=shown(keys[Command.ANSWERS])),
        ),
    )
