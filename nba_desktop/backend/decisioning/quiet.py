"""Quiet calls: what holds sales back in one, as the data say it, as the agent noticed it, or because of who speaks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.built_in_rules import OPEN_COMPLAINT
from nba_desktop.backend.decisioning.catalogue import Action
from nba_desktop.backend.decisioning.contact_policy import Removal
from nba_desktop.backend.decisioning.entries.site import QuietEntry
from nba_desktop.contract.codes import ActionKind, CallFlag, QuietReason, Stage

REPRESENTATIVE: Final = Removal(Stage.LEGAL, "representative", {})
"""It removes what only the customer himself may decide."""

_NOTICED: Final = {
    CallFlag.COMPLAINT: "complaint_noticed",
    CallFlag.OUTAGE: "outage_noticed",
    CallFlag.VULNERABLE: "vulnerable_noticed",
}
_SPEAKS: Final = "representative"
_QUIET: Final = {
    QuietReason.COMPLAINT: Removal(Stage.APPLICABILITY, "quiet_complaint", {}),
    QuietReason.OUTAGE: Removal(Stage.APPLICABILITY, "quiet_outage", {}),
    QuietReason.VULNERABLE: Removal(Stage.APPLICABILITY, "quiet_vulnerable", {}),
}
_THE_CUSTOMERS_OWN: Final = frozenset({ActionKind.SALES, ActionKind.RETENTION, ActionKind.CONSENT})


def noticed(flags: Collection[CallFlag], representative: bool) -> dict[str, Value]:
    """Return the values of what the agent said about the situation of the call."""
    return {**{name: flag in flags for flag, name in _NOTICED.items()}, _SPEAKS: representative}


def quiet_reasons(values: Mapping[str, Value], entry: QuietEntry) -> tuple[QuietReason, ...]:
    """Return why nothing is sold, in a fixed order; a value that may not be used is no reason."""
    sources = {
        QuietReason.COMPLAINT: ("open_complaint", _NOTICED[CallFlag.COMPLAINT]),
        QuietReason.OUTAGE: (*entry.outage, _NOTICED[CallFlag.OUTAGE]),
        QuietReason.VULNERABLE: (*entry.vulnerable, _NOTICED[CallFlag.VULNERABLE]),
        QuietReason.REPRESENTATIVE: (_SPEAKS,),
    }
    return tuple(reason for reason, names in sources.items() if any(values.get(name) is True for name in names))


def is_the_customers_own(action: Action) -> bool:
    """Whether only the customer himself may say yes to an action, or be told of it at all."""
    return action.advertising or action.entry.kind in _THE_CUSTOMERS_OWN


def is_held_back(action: Action) -> bool:
    """Whether a quiet call holds an action back."""
    return action.advertising or action.entry.kind is ActionKind.SALES


def quiet_removals(values: Mapping[str, Value], reasons: Collection[QuietReason]) -> tuple[Removal, ...]:
    """Return what removes the actions that are held back; a complaint on file goes before one that was noticed."""
    on_file = (OPEN_COMPLAINT,) if values.get("open_complaint") is True else ()
    was_noticed = values.get(_NOTICED[CallFlag.COMPLAINT]) is True
    return on_file + tuple(
        out
        for reason, out in _QUIET.items()
        if reason in reasons and (reason is not QuietReason.COMPLAINT or was_noticed)
    )
