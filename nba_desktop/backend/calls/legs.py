"""One call and its legs, one for each agent: what a report changes, whatever comes twice, late or never."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Literal

from nba_desktop.backend.calls.report import CallReport, Ending, ReportKind
from nba_desktop.contract.calls import HubCause, HubParty


class Rank(IntEnum):
    """How far a leg has come; it never goes back."""

    RINGING = 1
    ACTIVE = 2
    ENDED = 3


@dataclass(frozen=True, slots=True)
class Change:
    """What one agent is told."""

    agent_id: str
    type: Literal["ringing", "answered", "data", "ended"]
    cause: HubCause | None = None


@dataclass(frozen=True, slots=True)
class Ends:
    """Who is at the two ends of a call, and which way it goes, as agents are told."""

    direction: Literal["inbound", "outbound", "internal"]
    caller: HubParty
    called: HubParty


@dataclass(slots=True)
class HubCall:
    """One call of a source: what is known of it, and the rank of each agent's leg.

    `left_out` is a call that the source's filters keep from the agents; `taken` says that somebody answered. `ends` are
    kept because numbers are slow to understand; None when they must be understood anew. `offered_at` is None where the
    beginning was not heard of, `answered_at` where no agent was said to have answered.
    """

    call_id: str
    interaction_id: str
    touched_at: datetime
    left_out: bool = False
    direction: Literal["inbound", "outbound"] | None = None
    caller: str = ""
    called: str = ""
    queue: str | None = None
    diverted_from: str | None = None
    users: frozenset[str] = frozenset()
    taken: bool = False
    offered_at: datetime | None = None
    answered_at: datetime | None = None
    ends: Ends | None = None
    legs: dict[str, Rank] = field(default_factory=dict)

    def learn(self, report: CallReport) -> bool:
        """Take over what was not known yet; say whether there was any of what an agent sees."""
        before = (self.caller, self.called, self.queue, self.diverted_from)
        ends = (self.direction, self.caller, self.called)
        self.direction = self.direction or report.direction
        self.caller = self.caller or report.caller
        self.called = self.called or report.called
        if ends != (self.direction, self.caller, self.called):
            self.ends = None
        self.queue = self.queue or report.queue
        self.diverted_from = self.diverted_from or report.diverted_from
        self.users |= frozenset(report.users) if report.kind is ReportKind.BEGAN else frozenset()
        return before != (self.caller, self.called, self.queue, self.diverted_from)

    def note_time(self, report: CallReport, now: datetime) -> None:
        """Keep when it was offered, and when a person took it; what comes late moves neither."""
        if report.kind is ReportKind.BEGAN and not self.taken:
            self.offered_at = self.offered_at or now
        elif report.kind is ReportKind.ANSWERED and not report.nobody:
            self.answered_at = self.answered_at or now

    def live(self, rank: Rank | None = None) -> tuple[str, ...]:
        """Return the agents whose legs have not ended, or those of a rank, in the order they came."""
        return tuple(
            agent for agent, is_at in self.legs.items() if (is_at < Rank.ENDED if rank is None else is_at is rank)
        )


def ring(call: HubCall, offered: frozenset[str]) -> tuple[Change, ...]:
    """Offer a call; one that somebody took already rings nobody any more."""
    if call.taken:
        return ()
    new = sorted(offered - call.legs.keys())
    return tuple(_move(call, agent, Rank.RINGING, "ringing") for agent in new)


def answer(call: HubCall, by: frozenset[str] | None) -> tuple[Change, ...]:
    """Somebody took a call: `by` is who, empty when he is no agent, None when the report does not say.

    Then it was the one whom it rings, when there is but one; else nobody is told, because whom to tell is not known.
    An agent whose leg ended gets it back by no report.
    """
    call.taken = True
    if call.direction == "outbound":
        # The other side took it: whoever made the call talks now.
        by = frozenset(call.live()) or by or frozenset()
        return tuple(_move(call, agent, Rank.ACTIVE, "answered") for agent in sorted(by) if _may(call, agent))
    ringing = call.live(Rank.RINGING)
    if by is None:
        if len(call.users) > 1 or len(ringing) != 1:
            return ()
        by = frozenset(ringing)
    talking = call.live(Rank.ACTIVE)
    answered = [_move(call, agent, Rank.ACTIVE, "answered") for agent in sorted(by) if _may(call, agent)]
    withdrawn = [_end(call, agent, "elsewhere") for agent in ringing if agent not in by]
    # A second agent took it: the first gave it away. An answer that only came twice gives nothing away.
    given_away = [_end(call, agent, "transferred") for agent in talking if answered and agent not in by]
    return (*answered, *withdrawn, *given_away)


def end(call: HubCall, ending: Ending) -> tuple[Change, ...]:
    """Close every leg that is open."""
    return tuple(_end(call, agent, _cause(call, call.legs[agent], ending)) for agent in call.live())


def lose(call: HubCall) -> tuple[Change, ...]:
    """Close every leg of a call that nothing was heard of for too long."""
    return tuple(_end(call, agent, "unknown") for agent in call.live())


def _may(call: HubCall, agent: str) -> bool:
    return call.legs.get(agent, Rank.RINGING) is Rank.RINGING


def _move(call: HubCall, agent: str, rank: Rank, kind: Literal["ringing", "answered"]) -> Change:
    call.legs[agent] = rank
    return Change(agent, kind)


def _end(call: HubCall, agent: str, cause: HubCause) -> Change:
    call.legs[agent] = Rank.ENDED
    return Change(agent, "ended", cause)


def _cause(call: HubCall, rank: Rank, ending: Ending) -> HubCause:
    if rank is Rank.ACTIVE:
        match ending:
            case "forwarded":
                return "transferred"
            case "failed":
                return "failed"
            case _:
                return "normal"
    if ending == "failed" and call.direction == "outbound":
        return "failed"
    return "elsewhere" if call.taken or ending == "forwarded" else "missed"
