"""Legs and interactions: from neutral call events to what the agent has on his line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from nba_desktop.domain.call_event import Attached, CallEvent, CallEventType, Direction, EndCause, Party
from nba_desktop.domain.call_leg import TALKING, TARGET, Leg, LegState, next_leg

__all__ = [
    "FINISHED",
    "Calls",
    "Interaction",
    "InteractionState",
    "Leg",
    "LegState",
    "close",
    "on_event",
    "put_interaction",
    "time_out",
]

KEPT_FINISHED: Final = 50
"""So many closed or withdrawn interactions are remembered, to recognise late events; older ones are forgotten."""
KEPT_SEEN: Final = 512
"""So many event ids are remembered, to recognise a repeated event."""
START_UP_GRACE: Final = timedelta(seconds=5)
"""An unknown call whose event is older than the start by more than this is a replay of the past."""


class InteractionState(StrEnum):
    """The states of one interaction as the agent sees it; absent means idle."""

    OFFERED = "offered"
    LIVE = "live"
    WRAP_UP = "wrap_up"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


FINISHED: Final = frozenset({InteractionState.CLOSED, InteractionState.WITHDRAWN})
"""The states nothing leads out of, and nobody waits for anything in."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """One conversation as the agent sees it; neither its id nor a known customer ever changes.

    Only a colleague gives way: when he puts a customer through, the caller becomes that customer and the conversation
    the customer's, so that what was said in it can be found.

    `conversation_id` is the source's own id. When the conversation comes back to the agent after it ended for him,
    that is a new interaction with an id of its own. `consult_of` names the interaction this call asks about.
    `held_for` is how long it was on hold, without the holding that began at `held_since` and goes on.
    """

    interaction_id: str
    state: InteractionState
    direction: Direction
    caller: Party
    queue: str | None
    dialled: str
    attached: Attached
    started_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    held: bool = False
    held_since: datetime | None = None
    held_for: timedelta = timedelta()
    consult_of: str | None = None
    cause: EndCause | None = None
    legs: tuple[Leg, ...] = ()
    source: str = ""
    conversation_id: str = ""
    waiting: int | None = None
    called: Party = field(default_factory=Party)
    conference: bool = False
    unconfirmed_since: datetime | None = None

    @property
    def unconfirmed(self) -> bool:
        """Whether the line to the source is lost, so that nobody knows if this call still exists."""
        return self.unconfirmed_since is not None

    def holding(self, on: bool, at: datetime) -> Interaction:
        """Return the interaction put on hold or taken off it; said again, it changes nothing."""
        if on is self.held:
            return self
        if on:
            return replace(self, held=True, held_since=at)
        held_for = timedelta() if self.held_since is None else max(at - self.held_since, timedelta())
        return replace(self, held=False, held_since=None, held_for=self.held_for + held_for)

    @property
    def other(self) -> Party:
        """Who is at the other end: the caller, or on an outgoing call the called."""
        return self.called if self.direction == "outbound" else self.caller

    @property
    def is_open(self) -> bool:
        """Whether the call still rings or is being talked on."""
        return self.state in (InteractionState.OFFERED, InteractionState.LIVE)


@dataclass(frozen=True, slots=True)
class Calls:
    """Every interaction of this agent since the panel started, oldest first, and the last seen event ids.

    `since` is when the panel began to listen; unknown calls from before that are replays and are not shown.
    """

    interactions: tuple[Interaction, ...] = ()
    seen: tuple[str, ...] = ()
    since: datetime | None = None

    def find(self, interaction_id: str) -> Interaction | None:
        """Return the interaction with this id, if it is remembered."""
        return next((one for one in self.interactions if one.interaction_id == interaction_id), None)


def on_event(calls: Calls, event: CallEvent) -> Calls:
    """Return what the calls are after `event`; the same object when it changes nothing.

    A leg's rank never falls, so an event that arrives late or again only fills in what was not known. DATA about a
    call nobody has heard of is dropped: a source gives its data with, or after, the first state of a leg.
    """
    if event.event_id and event.event_id in calls.seen:
        return calls
    after = _apply(calls, event)
    if after is calls or not event.event_id:
        return after
    return replace(after, seen=(*after.seen, event.event_id)[-KEPT_SEEN:])


def close(calls: Calls, interaction_id: str) -> Calls:
    """Finish the wrap-up of an interaction; the same object when it is not in wrap-up."""
    interaction = calls.find(interaction_id)
    if interaction is None or interaction.state is not InteractionState.WRAP_UP:
        return calls
    return put_interaction(calls, interaction, replace(interaction, state=InteractionState.CLOSED))


def time_out(calls: Calls, now: datetime, after: timedelta) -> Calls:
    """End the calls nobody has been able to confirm for longer than `after`; their cause is unknown."""
    for interaction in calls.interactions:
        if interaction.unconfirmed_since is not None and now - interaction.unconfirmed_since > after:
            calls = put_interaction(calls, interaction, _end_legs(interaction, keep=frozenset(), at=now))
    return calls


def _apply(calls: Calls, event: CallEvent) -> Calls:
    match event.type:
        case CallEventType.LINK_UP:
            return calls
        case CallEventType.LINK_DOWN:
            return _doubt(calls, event)
        case CallEventType.SNAPSHOT:
            return _compare(calls, event)
        case CallEventType.JOINED:
            return _join(calls, event)
        case CallEventType.LEFT:
            interaction = _of_leg(calls, event.source, event.leg_id)
            return (
                calls
                if interaction is None
                else put_interaction(calls, interaction, replace(interaction, conference=False))
            )
        case _:
            return _move(calls, event)


def _doubt(calls: Calls, event: CallEvent) -> Calls:
    for interaction in calls.interactions:
        if interaction.source == event.source and interaction.is_open and not interaction.unconfirmed:
            calls = put_interaction(calls, interaction, replace(interaction, unconfirmed_since=event.occurred_at))
    return calls


def _compare(calls: Calls, event: CallEvent) -> Calls:
    for interaction in calls.interactions:
        if interaction.source == event.source and interaction.is_open and not _is_forgotten(interaction, event):
            calls = put_interaction(
                calls, interaction, _end_legs(interaction, frozenset(event.legs), event.occurred_at)
            )
    return calls


def _is_forgotten(interaction: Interaction, event: CallEvent) -> bool:
    """Whether a source that was restarted cannot know the call: it stays as doubtful as it is."""
    if event.knows_since is None or interaction.started_at >= event.knows_since:
        return False
    return not any(leg.leg_id in event.legs for leg in interaction.legs)


def _end_legs(interaction: Interaction, keep: frozenset[str], at: datetime) -> Interaction:
    legs = tuple(
        leg
        if leg.leg_id in keep or leg.state is LegState.ENDED
        else replace(leg, state=LegState.ENDED, cause="unknown", at=at)
        for leg in interaction.legs
    )
    return _settle(replace(interaction, legs=legs, unconfirmed_since=None), at, "unknown")


def _join(calls: Calls, event: CallEvent) -> Calls:
    """Two legs of the agent have become one conversation: the parent's interaction takes the leg over."""
    child = _of_leg(calls, event.source, event.leg_id)
    parent = _of_leg(calls, event.source, event.parent_leg_id or "")
    if parent is None or not parent.is_open or parent is child:
        return _move(calls, event, conference=True)
    if child is not None and not child.is_open:
        return calls
    leg = next_leg(None if child is None else _leg(child, event.leg_id), event)
    if child is not None:
        rest = tuple(one for one in child.legs if one.leg_id != event.leg_id)
        calls = put_interaction(calls, child, _settle(replace(child, legs=rest), event.occurred_at, "normal"))
    joined = replace(parent, legs=(*parent.legs, leg), conference=True, unconfirmed_since=None)
    return put_interaction(calls, parent, _settle(joined, event.occurred_at, None))


def _move(calls: Calls, event: CallEvent, *, conference: bool | None = None) -> Calls:
    known = _of_leg(calls, event.source, event.leg_id) or _open_conversation(calls, event)
    if known is None and not _is_new_call(calls, event):
        return calls
    before = known or _new(calls, event)
    leg = _leg(before, event.leg_id)
    after = _put_through(before, event) if _is_put_through(before, event) else _fill(before, event)
    if event.type in TARGET and event.leg_id:
        moved = next_leg(leg, event)
        others = tuple(moved if one.leg_id == event.leg_id else one for one in before.legs)
        legs = others if leg is not None else (*before.legs, moved)
        after = _settle(replace(after, legs=legs), event.occurred_at, moved.cause)
    if after.is_open:
        after = replace(
            after,
            conference=after.conference if conference is None else conference,
            unconfirmed_since=None,
        )
    return put_interaction(calls, known, after)


def _is_new_call(calls: Calls, event: CallEvent) -> bool:
    if event.type not in TARGET or not event.leg_id:
        return False
    if calls.since is None:
        return True
    # What comes before the panel began to listen comes under a clock that was set back since.
    return event.occurred_at >= min(calls.since, event.received_at) - START_UP_GRACE


def _new(calls: Calls, event: CallEvent) -> Interaction:
    conversation = event.interaction_id or event.leg_id
    return Interaction(
        interaction_id=_free_id(calls, conversation),
        state=InteractionState.OFFERED,
        direction=event.direction,
        caller=event.caller,
        queue=event.queue,
        dialled=event.dialled,
        attached=event.attached,
        started_at=event.occurred_at,
        consult_of=_consulted(calls, event),
        source=event.source,
        conversation_id=conversation,
        called=event.called,
        waiting=event.waiting,
    )


def _free_id(calls: Calls, conversation: str) -> str:
    taken = {one.interaction_id for one in calls.interactions}
    if conversation not in taken:
        return conversation
    return next(name for n in range(2, len(taken) + 3) if (name := f"{conversation}~{n}") not in taken)


def _consulted(calls: Calls, event: CallEvent) -> str | None:
    """The interaction a new call asks about: its parent's, else the held one when the agent calls a third party."""
    if event.parent_leg_id:
        parent = _of_leg(calls, event.source, event.parent_leg_id)
        if parent is not None:
            return parent.interaction_id
    if event.direction == "inbound":
        return None
    held = (one for one in reversed(calls.interactions) if one.state is InteractionState.LIVE and one.held)
    return next((one.interaction_id for one in held if one.consult_of is None), None)


def _of_leg(calls: Calls, source: str, leg_id: str) -> Interaction | None:
    return next(
        (one for one in reversed(calls.interactions) if one.source == source and _leg(one, leg_id) is not None), None
    )


def _open_conversation(calls: Calls, event: CallEvent) -> Interaction | None:
    conversation = event.interaction_id or event.leg_id
    for one in reversed(calls.interactions):
        if one.source == event.source and one.conversation_id == conversation and one.is_open:
            return one
    return None


def _leg(interaction: Interaction, leg_id: str) -> Leg | None:
    return next((leg for leg in interaction.legs if leg.leg_id == leg_id), None)


def _settle(interaction: Interaction, at: datetime, cause: EndCause | None) -> Interaction:
    """Derive the interaction's state from its legs; an ended one stays what it is."""
    if not interaction.is_open:
        return interaction
    talking = [leg for leg in interaction.legs if leg.state in TALKING]
    if talking:
        held = all(leg.state is LegState.HELD for leg in talking)
        answered_at = interaction.answered_at or at
        return replace(interaction.holding(held, at), state=InteractionState.LIVE, answered_at=answered_at)
    interaction = interaction.holding(False, at)
    if any(leg.state is not LegState.ENDED for leg in interaction.legs):
        return interaction
    if interaction.state is InteractionState.OFFERED:
        state = InteractionState.WITHDRAWN
    elif interaction.consult_of is not None:
        state = InteractionState.CLOSED
    else:
        state = InteractionState.WRAP_UP
    return replace(interaction, state=state, conference=False, ended_at=at, cause=cause, unconfirmed_since=None)


def _is_put_through(interaction: Interaction, event: CallEvent) -> bool:
    return event.put_through and interaction.is_open and interaction.direction == "internal"


def _put_through(interaction: Interaction, event: CallEvent) -> Interaction:
    return replace(
        interaction,
        direction=event.direction,
        caller=event.caller,
        called=event.called,
        queue=event.queue or interaction.queue,
        attached=event.attached,
        conversation_id=event.interaction_id or interaction.conversation_id,
        consult_of=None,
    )


def _fill(interaction: Interaction, event: CallEvent) -> Interaction:
    """Add what the event knows and the interaction did not; nothing known is ever replaced."""
    if event.interaction_id not in ("", interaction.conversation_id):
        # A leg that joined from a consultation still speaks of the colleague, not of the customer.
        return interaction
    attached, new = interaction.attached, event.attached
    customer_no = attached.customer_no or new.customer_no
    # What a voice menu asked is true of the customer it asked, and of nobody else.
    asked = (one.auth_level for one in (attached, new) if customer_no is not None and one.customer_no == customer_no)
    return replace(
        interaction,
        caller=event.caller if _is_blank(interaction.caller) else interaction.caller,
        called=event.called if _is_blank(interaction.called) else interaction.called,
        queue=interaction.queue or event.queue,
        waiting=event.waiting if interaction.waiting is None else interaction.waiting,
        dialled=interaction.dialled or event.dialled,
        attached=Attached(
            customer_no=customer_no,
            auth_level=next((level for level in asked if level is not None), None),
            ivr_path=attached.ivr_path or new.ivr_path,
        ),
    )


def _is_blank(party: Party) -> bool:
    # A withheld number is knowledge too: a number that turns up later must not undo it.
    return party.e164 is None and not party.raw and party.presentation != "restricted"


def put_interaction(calls: Calls, before: Interaction | None, after: Interaction) -> Calls:
    """Return the calls with `after` in the place of `before`, or as the newest; the oldest finished ones go."""
    if before is None:
        interactions = (*calls.interactions, after)
    elif before == after:
        return calls
    else:
        interactions = tuple(
            after if one.interaction_id == before.interaction_id else one for one in calls.interactions
        )
    excess = sum(one.state in FINISHED for one in interactions) - KEPT_FINISHED
    if excess > 0:
        forgotten = {one.interaction_id for one in [one for one in interactions if one.state in FINISHED][:excess]}
        interactions = tuple(one for one in interactions if one.interaction_id not in forgotten)
    return replace(calls, interactions=interactions)
