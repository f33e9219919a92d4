"""A panel at which agents sign in: nobody is, somebody is about to, and a sign-in that ends during a call."""

from __future__ import annotations

from dataclasses import replace

from nba_desktop.contract.base import Language
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import LinkState, PanelState
from nba_desktop.domain.receipts import OutboxStatus
from nba_desktop.domain.signing_in import SignInState, SignInStatus
from tests.fakes.states.contacts import helmut_contact, panel
from tests.fakes.states.moments import ANSWERED

ENDED = SignInState(SignInStatus.ENDED, "Anna Agent")


def signing_states(language: Language) -> dict[str, PanelState]:
    """Each of them, by what the agent is to do."""
    ended = replace(
        panel(language, helmut_contact(language)),
        sign_in=ENDED,
        backend=LinkState("refused", ANSWERED, FailureCode.SIGN_IN_ENDED),
        outbox=OutboxStatus(waiting=3, paused=FailureCode.SIGN_IN_ENDED),
    )
    refused = SignInState(SignInStatus.NEEDED, failure=FailureCode.SIGN_IN_UNANSWERED, left=3)
    return {
        "signed_out": replace(panel(language), sign_in=refused),
        "signing_in": replace(panel(language), sign_in=SignInState(SignInStatus.WAITING)),
        "sign_in_ended": replace(panel(language), sign_in=ENDED),
        "sign_in_ended_in_call": ended,
    }
