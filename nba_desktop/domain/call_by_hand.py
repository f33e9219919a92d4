"""Calls that no telephone system ends: the agent opens or ends them himself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from nba_desktop.domain.call import Calls, Interaction, InteractionState, put_interaction
from nba_desktop.domain.call_event import Attached, Party

MANUAL: Final = "manual"
"""The source of a call that the agent opened, because his telephone rang and no event came."""

ONE_WAY: Final = frozenset({MANUAL, "call_url"})
"""Sources that may never say that a call has ended."""


def ends_by_hand(interaction: Interaction) -> bool:
    """Whether the agent may have to say that the call is over: nobody else might."""
    return interaction.is_open and interaction.source in ONE_WAY


def begin_by_hand(calls: Calls, interaction_id: str, now: datetime) -> tuple[Calls, Interaction]:
    """Open a call that is being talked on and of which nothing else is known."""
    interaction = Interaction(
        interaction_id=interaction_id,
        state=InteractionState.LIVE,
        direction="inbound",
        caller=Party(),
        queue=None,
        dialled="",
        attached=Attached(),
        started_at=now,
        answered_at=now,
        source=MANUAL,
    )
    return put_interaction(calls, None, interaction), interaction


def end_by_hand(calls: Calls, interaction_id: str, now: datetime) -> Calls:
    """End such a call; the same object for any other. One that was only ringing counts as talked on."""
    interaction = calls.find(interaction_id)
    if interaction is None or not ends_by_hand(interaction):
        return calls
    ended = replace(
        interaction,
        state=InteractionState.WRAP_UP,
        answered_at=interaction.answered_at or interaction.started_at,
        ended_at=now,
        held=False,
        conference=False,
        cause="normal",
        unconfirmed_since=None,
    )
    return put_interaction(calls, interaction, ended)
