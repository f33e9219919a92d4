"""Why the panel may not work, in words: what is wrong, what that means, and who does what about it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.domain.blocked import Blocked, BlockedCode

translate = QCoreApplication.translate


def blocked_title(blocked: Blocked) -> str:
    """What is wrong, in a few words."""
    match blocked.code:
        case BlockedCode.POLICY_BROKEN:
            return translate("texts", "The policy of this machine cannot be used")
        case BlockedCode.PANEL_TOO_OLD:
            return translate("texts", "This panel is too old")
        case BlockedCode.BACKEND_TOO_OLD:
            return translate("texts", "The backend is too old")


def blocked_sentence(blocked: Blocked) -> str:
    """What that means for the agent."""
    match blocked.code:
        case BlockedCode.POLICY_BROKEN:
            return translate(
                "texts",
                "With it your IT department sets what this panel may be connected to. "
                "As long as it is broken the panel connects to nothing, so that no data goes the wrong way.",
            )
        case BlockedCode.PANEL_TOO_OLD if blocked.needed:
            return translate(
                "texts",
                "The backend needs NBA Desktop {needed} or newer. Until then it answers nothing; "
                "what you enter is kept on this workstation.",
            ).format(needed=blocked.needed)
        case BlockedCode.PANEL_TOO_OLD:
            return translate(
                "texts",
                "The backend has become newer than this panel understands. Until the update it answers nothing; "
                "what you enter is kept on this workstation.",
            )
        case BlockedCode.BACKEND_TOO_OLD if blocked.needed:
            return translate(
                "texts",
                "This panel needs a backend of version {needed} or newer. Until then there are no recommendations; "
                "what you enter is kept on this workstation.",
            ).format(needed=blocked.needed)
        case BlockedCode.BACKEND_TOO_OLD:
            return translate(
                "texts",
                "This panel has become newer than the backend understands. Until its update there are no "
                "recommendations; what you enter is kept on this workstation.",
            )


def blocked_way_out(blocked: Blocked) -> str:
    """Who does what about it."""
    match blocked.code:
        case BlockedCode.POLICY_BROKEN:
            return translate(
                "texts",
                "Please pass the details on to your IT department, and start the panel again once it is mended.",
            )
        case BlockedCode.PANEL_TOO_OLD:
            return translate(
                "texts", "Please have NBA Desktop updated by your IT department, and start the panel again after it."
            )
        case BlockedCode.BACKEND_TOO_OLD:
            return translate(
                "texts", "Please inform your IT department: it updates the backend. Nothing is to be done here."
            )


def blocked_facts(blocked: Blocked) -> tuple[tuple[str, str], ...]:
    """What is known of the two versions, each with its name; what is not known is left out."""
    facts = (
        (translate("texts", "This panel"), blocked.panel),
        (translate("texts", "Backend"), blocked.backend),
        (translate("texts", "Needed at least"), blocked.needed),
        (translate("texts", "Server"), blocked.server),
    )
    return tuple((name, value) for name, value in facts if value)


def blocked_text(blocked: Blocked) -> str:
    """All of it as text, for the help desk."""
    lines = [f"NBA Desktop {blocked.panel}".rstrip(), f"{blocked_title(blocked)} ({blocked.code.value})", ""]
    lines += [f"{name}: {value}" for name, value in blocked_facts(blocked)]
    lines += [f"{one.where}: {one.says} → {one.way_out}" for one in blocked.problems]
    return "\n".join(lines)
