"""What keeps this panel from its work until somebody has changed something outside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nba_desktop.domain.settings_in_force import PolicyProblem


class BlockedCode(StrEnum):
    """Why the panel may not work, as a code that it has a title, a sentence and a way out for."""

    POLICY_BROKEN = "policy_broken"
    PANEL_TOO_OLD = "panel_too_old"
    BACKEND_TOO_OLD = "backend_too_old"


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why the panel may not work, with what fills the words of that.

    `problems` are those of a broken policy. Of two versions that do not fit, `panel` is this program's, `backend` the
    server's and `needed` the least that the older of the two must have; each is empty where it is not known. `server`
    is the backend's address, without a user or a query.
    """

    code: BlockedCode
    problems: tuple[PolicyProblem, ...] = ()
    panel: str = ""
    backend: str = ""
    needed: str = ""
    server: str = ""
