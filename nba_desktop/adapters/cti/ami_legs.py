"""The agent's channels at an Asterisk, and what is passed on about them: nothing before it may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from nba_desktop.adapters.cti.ami_leg import OTHER_PRESENTATION, AgentLine, AmiLeg
from nba_desktop.adapters.cti.ami_queues import AmiQueues
from nba_desktop.adapters.cti.numbers import NumberKind, NumberSettings, classify, party
from nba_desktop.domain.call_event import CallEvent, CallEventType, Direction, EndCause, Party

_KEPT_GONE: Final = 1000
_NAMELESS: Final = frozenset({NumberKind.WITHHELD, NumberKind.UNKNOWN, NumberKind.EXTENSION, NumberKind.SERVICE})


@dataclass(frozen=True, slots=True)
class Question:
    """What must be asked (Getvar `variable` of `channel`) before the number of a leg may be shown."""

    leg_id: str
    channel: str
    variable: str


class AmiLegs:
    """Keeps the agent's legs by Uniqueid and makes the events about them, numbered in the order of arrival.

    With `asks`, a number without a mark is not passed on before `answer` has said that it may be shown. Without
    `internal_calls`, calls between extensions are not passed on, but for consultations.
    """

    def __init__(
        self,
        source: str,
        line: AgentLine,
        numbers: NumberSettings,
        queues: AmiQueues,
        *,
        asks: bool,
        internal_calls: bool,
    ) -> None:
        self._source = source
        self._line = line
        self._numbers = numbers
        self._queues = queues
        self._asks = asks
        self._internal_calls = internal_calls
        self._legs: dict[str, AmiLeg] = {}
        self._unanswered: dict[str, AmiLeg] = {}
        self._questions: list[Question] = []
        self._gone: dict[str, None] = {}
        self._count = 0

    def __iter__(self) -> Iterator[AmiLeg]:
        return iter(tuple(self._legs.values()))

    def get(self, uniqueid: str) -> AmiLeg | None:
        """Return the leg with this Uniqueid, if it is known."""
        return self._legs.get(uniqueid)

    def is_gone(self, uniqueid: str) -> bool:
        """Whether this channel of the agent's has hung up."""
        return uniqueid in self._gone

    def add(self, leg: AmiLeg) -> None:
        """Know a leg from now on."""
        self._legs[leg.leg_id] = leg

    def forget(self, uniqueid: str) -> AmiLeg | None:
        """Forget a leg that has hung up; what is said about its channel from now on is late."""
        self._gone[uniqueid] = None
        if len(self._gone) > _KEPT_GONE:
            del self._gone[next(iter(self._gone))]
        leg = self._legs.pop(uniqueid, None)
        if leg is not None and not leg.silent:
            self._unanswered.pop(uniqueid, None)
        return leg

    def keep_only(self, alive: set[str]) -> None:
        """Forget every leg that is not in `alive`."""
        self._legs = {leg_id: leg for leg_id, leg in self._legs.items() if leg_id in alive}

    def forget_unanswered(self) -> None:
        """Ask nothing any more that was asked on a line now lost; the list of channels speaks of these legs anew."""
        for leg in self._unanswered.values():
            leg.asked = False
            if leg.silent:
                self._legs.pop(leg.leg_id, None)
        self._unanswered = {}
        self._questions = []

    def questions(self) -> list[Question]:
        """Return what to ask the telephone system now; every question once."""
        asked, self._questions = self._questions, []
        return asked

    def answer(self, question: Question, presentation: str | None, at: datetime) -> list[CallEvent]:
        """Take the answer to a question, None when there was none in time, and return what waited for it.

        Without an answer the call is passed on without its number; an answer that comes late brings it.
        """
        leg = self._unanswered.get(question.leg_id)
        if leg is None:
            return []
        if presentation is None:
            leg.unproven = True
        else:
            del self._unanswered[question.leg_id]
            leg.unproven = False
            leg.withheld = leg.withheld or presentation.startswith("prohib")
        if not leg.silent:
            return [self._event(CallEventType.DATA, leg, at)] if leg.leg_id in self._legs and leg.ringing else []
        return self._release(leg)

    def stop_asking(self) -> list[CallEvent]:
        """Ask no more, because the account may not: what waited is passed on as the telephone system gave it."""
        self._asks = False
        self._questions = []
        waiting, self._unanswered = list(self._unanswered.values()), {}
        for leg in waiting:
            leg.unproven = False
        return [event for leg in waiting for event in self._release(leg)]

    def learn(self, leg: AmiLeg, caller: str) -> None:
        """Keep the first caller heard of: later names on the line are the people a call was moved to."""
        if leg.caller or leg.outbound or self._line.is_own(caller):
            return
        if classify(caller, self._numbers) is not NumberKind.UNKNOWN:
            leg.caller = caller

    def ask(self, leg: AmiLeg, channel: str, variable: str) -> None:
        """Ask whether the caller's number may be shown, once, and keep back what happens until then."""
        if not self._asks or leg.asked or leg.outbound or classify(leg.caller, self._numbers) in _NAMELESS:
            return
        leg.asked = leg.silent = True
        self._unanswered[leg.leg_id] = leg
        self._questions.append(Question(leg.leg_id, channel, variable))

    def _release(self, leg: AmiLeg) -> list[CallEvent]:
        """What happened while the answer was awaited, with what is known of the caller now."""
        leg.silent = False
        kept, leg.kept = leg.kept, []
        return [replace(event, caller=self._caller(leg)) for event in kept]

    def ring(self, leg: AmiLeg, at: datetime) -> list[CallEvent]:
        """Say once that a leg rings."""
        if leg.ringing:
            return []
        leg.ringing = True
        return self.emit(CallEventType.RINGING, leg, at)

    def answered(self, leg: AmiLeg, at: datetime) -> list[CallEvent]:
        """Say once that a leg is answered."""
        if leg.answered:
            return []
        leg.answered = leg.ringing = True
        return self.emit(CallEventType.ANSWERED, leg, at)

    def _caller(self, leg: AmiLeg) -> Party:
        if leg.unproven and not leg.withheld:
            return Party()
        return party(self._line.extension if leg.outbound else leg.caller, self._numbers, withheld=leg.withheld)

    def direction(self, leg: AmiLeg) -> Direction:
        """Return which way a call goes; between extensions it is internal."""
        other = leg.dialled if leg.outbound else leg.caller
        if classify(other, self._numbers) is NumberKind.EXTENSION:
            return "internal"
        return "outbound" if leg.outbound else "inbound"

    def _is_hidden(self, leg: AmiLeg) -> bool:
        """Whether the agent does not want to see this call; decided once, and never of a consultation."""
        if leg.hidden is None:
            consults = any(one.held for one in self._legs.values() if one is not leg)
            leg.hidden = not self._internal_calls and not consults and self.direction(leg) == "internal"
        return leg.hidden

    def emit(
        self,
        type_: CallEventType,
        leg: AmiLeg,
        at: datetime,
        cause: EndCause | None = None,
        *,
        put_through: bool = False,
    ) -> list[CallEvent]:
        """Say what happened, or keep it until it is known whether the number may be shown."""
        if self._is_hidden(leg):
            return []
        self.ask(leg, leg.channel, OTHER_PRESENTATION)
        event = self._event(type_, leg, at, cause, put_through=put_through)
        if leg.silent:
            leg.kept.append(event)
            return []
        return [event]

    def snapshot(self, alive: set[str], at: datetime) -> CallEvent:
        """Say which legs exist."""
        self._count += 1
        return CallEvent(
            event_id=f"{self._source}:snapshot:{self._count}",
            source=self._source,
            type=CallEventType.SNAPSHOT,
            occurred_at=at,
            received_at=at,
            source_seq=self._count,
            legs=tuple(sorted(alive)),
        )

    def _event(
        self,
        type_: CallEventType,
        leg: AmiLeg,
        at: datetime,
        cause: EndCause | None = None,
        *,
        put_through: bool = False,
    ) -> CallEvent:
        self._count += 1
        return CallEvent(
            event_id=f"{self._source}:{leg.leg_id}:{type_}:{self._count}",
            source=self._source,
            type=type_,
            occurred_at=at,
            received_at=at,
            interaction_id=leg.conversation,
            leg_id=leg.leg_id,
            source_seq=self._count,
            direction=self.direction(leg),
            caller=self._caller(leg),
            called=party(leg.dialled if leg.outbound else self._line.extension, self._numbers),
            dialled=leg.dialled,
            queue=leg.queue,
            waiting=self._queues.others_waiting(leg),
            agent_extension=self._line.extension,
            device=leg.device,
            cause=cause,
            put_through=put_through,
        )
