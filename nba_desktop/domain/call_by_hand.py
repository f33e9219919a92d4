"""Calls that no telephone system ends: the agent opens or ends them himself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from nba_desktop.domain.call import Calls, Interaction, InteractionState, LegState, put_interaction
from nba_desktop.domain.call_event import Attached, Party

MANUAL: Final = "manual"
"""The source of a call that the agent opened, because his telephone rang and no event came."""

ONE_WAY: Final = frozenset({MANUAL, "call_url"})
"""Sources that may never say that a call has ended."""

NO_HOLDING: Final = ONE_WAY | {"hub"}
"""Sources that need not tell of holding: of the systems that report to the backend none does."""

RINGS_FOR: Final = timedelta(minutes=3)
"""A softphone that reports no more than ringing leaves a missed call ringing."""


def ends_by_hand(interaction: Interaction) -> bool:
    """Whether the agent may have to say that the call is over: nobody else might."""
    return interaction.is_open and (interaction.source in ONE_WAY or interaction.unconfirmed)


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


def talk_by_hand(calls: Calls, interaction_id: str, now: datetime) -> Calls:
    """Take such a call for answered, when the agent works on it while it rings; the same object for any other."""
    interaction = calls.find(interaction_id)
    if interaction is None or not _rings(interaction):
        return calls
    legs = tuple(replace(leg, state=LegState.ACTIVE) for leg in interaction.legs)
    talking = replace(interaction, state=InteractionState.LIVE, answered_at=now, legs=legs)
    return put_interaction(calls, interaction, talking)


def end_by_hand(calls: Calls, interaction_id: str, now: datetime) -> Calls:
    """End such a call; the same object for any other. One that was never worked on is withdrawn."""
    interaction = calls.find(interaction_id)
    if interaction is None or not ends_by_hand(interaction):
        return calls
    rang = interaction.state is InteractionState.OFFERED
    ended = replace(
        interaction.holding(False, now),
        state=InteractionState.WITHDRAWN if rang else InteractionState.WRAP_UP,
        ended_at=now,
        conference=False,
        cause="missed" if rang else "normal",
        unconfirmed_since=None,
    )
    return put_interaction(calls, interaction, ended)


def ring_out(calls: Calls, now: datetime) -> Calls:
    """Withdraw what has rung for longer than anybody lets it ring, and was not worked on."""
    for interaction in calls.interactions:
        if _rings(interaction) and now - interaction.started_at >= RINGS_FOR:
            calls = end_by_hand(calls, interaction.interaction_id, now)
    return calls


def _rings(interaction: Interaction) -> bool:
    return interaction.state is InteractionState.OFFERED and interaction.source in ONE_WAY
