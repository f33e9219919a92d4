"""A panel that may not work: by its policy, by its version, by the backend's."""

from __future__ import annotations

from dataclasses import replace

from nba_desktop.contract.base import Language
from nba_desktop.domain.blocked import Blocked, BlockedCode
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import LinkState, PanelState
from tests.fakes.settings import PROBLEMS
from tests.fakes.states.contacts import panel
from tests.fakes.states.moments import ANSWERED

SERVER = "https://nba.stadtwerke-beispielhausen.example"
BLOCKED = {
    BlockedCode.POLICY_BROKEN: Blocked(BlockedCode.POLICY_BROKEN, PROBLEMS, panel="1.2.0"),
    BlockedCode.PANEL_TOO_OLD: Blocked(
        BlockedCode.PANEL_TOO_OLD, panel="1.2.0", backend="1.4.0", needed="1.3.1", server=SERVER
    ),
    # An old backend does not say what it is.
    BlockedCode.BACKEND_TOO_OLD: Blocked(BlockedCode.BACKEND_TOO_OLD, panel="1.2.0"),
}


def blocked_states(language: Language) -> dict[str, PanelState]:
    """Each of them without a call, by its code."""
    failures = {
        BlockedCode.POLICY_BROKEN: FailureCode.POLICY_INVALID,
        BlockedCode.PANEL_TOO_OLD: FailureCode.PANEL_TOO_OLD,
        BlockedCode.BACKEND_TOO_OLD: FailureCode.BACKEND_TOO_OLD,
    }
    return {
        code.value: replace(panel(language), blocked=blocked, backend=LinkState("refused", ANSWERED, failures[code]))
        for code, blocked in BLOCKED.items()
    }
