"""A made-up call before it is told and after: what it stands on, how it comes in, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Final
from uuid import UUID

from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.backend.rows.decisions import DecisionRow
from nba_desktop.backend.rows.outcomes import OutcomeRow
from nba_desktop.backend.samples.half_year import timetable
from nba_desktop.backend.samples.half_year.answers import Answer
from nba_desktop.backend.samples.half_year.offers import Offer, Offers
from nba_desktop.backend.samples.half_year.people import Person, SampleAgent
from nba_desktop.backend.samples.half_year.records import Records
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import AuthLevel, ConsentChannel
from nba_desktop.contract.events import AnyEvent, ContactEnded

SOURCE: Final = "sample"
LEVELS: Final = (AuthLevel.NONE, AuthLevel.IDENTIFIED, AuthLevel.AUTHENTICATED)
"""What the numbers of the timetable's levels stand for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A consent wording that may be read to customers of a language."""

    wording_id: str
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What all calls stand on: `readings` by channel and language, `items` the caller may be asked for."""

    catalogue: Catalogue
    offers: Offers
    records: Records
    concerns: tuple[str, ...]
    items: tuple[str, ...]
    readings: Mapping[tuple[ConsentChannel, Language], Reading]
    salt: str
    now: datetime

    @property
    def zone(self) -> tzinfo:
        """The site's."""
        return self.catalogue.zone


@dataclass(frozen=True, slots=True)
class Incoming:
    """A call as it comes in: `level` and `solved` as in the timetable, the rest as telephone and customer say it."""

    person: Person
    concern: str
    level: int
    solved: int
    transferred: bool
    queue: str
    interaction_id: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A consent given in a call and confirmed apart later."""

    channel: ConsentChannel
    at: datetime


@dataclass(slots=True)
class Told:
    """A call as it went; moments are in seconds since 1970, and `until` is when the agent is free again.

    `chance_to_win` is how probably it had a yes, `as_others` the same with any agent without an effect. `done` is when
    promises were kept, by the event that made them.
    """

    contact: ContactRecord
    agent: SampleAgent
    incoming: Incoming
    events: list[AnyEvent]
    ended_at: float = 0.0
    until: float = 0.0
    decision: DecisionRow | None = None
    offer: Offer | None = None
    answers: tuple[Answer, ...] = ()
    opportunity: bool = False
    outcomes: list[OutcomeRow] = field(default_factory=list)
    confirmations: list[Confirmation] = field(default_factory=list)
    chance_to_win: float = 0.0
    as_others: float = 0.0
    done: dict[UUID, datetime] = field(default_factory=dict)

    @property
    def person(self) -> Person:
        """The customer, whether he said who he is or not."""
        return self.incoming.person

    @property
    def concern(self) -> str:
        """What it was about."""
        return self.incoming.concern

    @property
    def authenticated(self) -> bool:
        """Whether the caller's identity was checked."""
        return self.incoming.level == timetable.AUTHENTICATED

    @property
    def ended(self) -> ContactEnded:
        """The event of its end."""
        return next(one for one in reversed(self.events) if isinstance(one, ContactEnded))

    def state_columns(self) -> dict[str, object]:
        """What the events come to, as plain values by name."""
        ended, level, solved = self.ended, LEVELS[self.incoming.level], self.incoming.solved
        return {
            "auth_level": level.value,
            "customer_id": None if level is AuthLevel.NONE else self.person.customer_id,
            "concern": self.concern,
            "concern_solved": None if solved == timetable.UNSAID else solved == timetable.SOLVED,
            "note": "",
            "ended_at": ended.at,
            "end_cause": ended.cause,
            "duration_s": ended.duration_s,
        }

    @property
    def nothing_shown(self) -> bool:
        """Whether the customer's arm is that which shows nothing but service."""
        return self.decision is not None and self.decision.arm == Arm.NOTHING.value
