"""Make half a year of calls and put it into a backend without calls, a day in a transaction."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Final
from uuid import UUID

import numpy as np

from nba_desktop.backend.catalogues.content import files_at
from nba_desktop.backend.catalogues.installation import take_in
from nba_desktop.backend.catalogues.lifecycle import lives_of
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.consent.wording import Wording
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.yaml_source import read_yaml
from nba_desktop.backend.errors import ConfigurationError, SampleDataError
from nba_desktop.backend.half_year.ledger import Ledger
from nba_desktop.backend.half_year.material import Materials
from nba_desktop.backend.half_year.people import add_agents, add_customers, persons
from nba_desktop.backend.half_year.queue_calls import QueueCalls
from nba_desktop.backend.half_year.repeats import Repeats
from nba_desktop.backend.half_year.rows import add_rows
from nba_desktop.backend.half_year.site import set_up_review
from nba_desktop.backend.load_samples import load_samples
from nba_desktop.backend.review.catching_up import CatchingUp
from nba_desktop.backend.review.facts import call_fact
from nba_desktop.backend.review.reading import Weeks
from nba_desktop.backend.samples.half_year import timetable
from nba_desktop.backend.samples.half_year.days import Days
from nba_desktop.backend.samples.half_year.ids import id_at
from nba_desktop.backend.samples.half_year.offers import Offers
from nba_desktop.backend.samples.half_year.people import SampleAgent, sample_agents, sample_teams
from nba_desktop.backend.samples.half_year.records import Records
from nba_desktop.backend.samples.half_year.told import Ground, Reading, Told
from nba_desktop.backend.store.bulk import Bulk, CallRows
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.unit import SqlStore, SqlUnit
from nba_desktop.contract.codes import ConsentPurpose

CALLS_OF_A_CUSTOMER: Final = 20
FEWEST_CUSTOMERS: Final = 500
MOST_CALLS_A_DAY: Final = 60
"""More calls no agent takes on a day."""
_AT_ONCE: Final = 500
"""At least so many calls are written in one transaction."""
_DAYS_A_WEEK: Final = 5.6
"""A Saturday is a third of a day."""


@dataclass(frozen=True, slots=True)
class Order:
    """How much is to be made: calls by so many agents in so many teams over whole weeks, led by an agent."""

    calls: int
    agents: int = 40
    teams: int = 3
    weeks: int = 26
    seed: int = 20260101
    lead: str = "panel"


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of one agent: `gain` is by how much his opportunities are likelier to have a yes than others'.

    Both counted over his opportunities outside the arm that shows nothing.
    """

    agent: SampleAgent
    opportunities: int
    gain: float


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: calls from `first` to `last`, entries of the ledger, and what is true of each agent."""

    calls: int
    customers: int
    new_customers: int
    first: date
    last: date
    consents: int
    truths: tuple[Truth, ...]


def make_half_year(
    database: Database,
    resources: Path,
    catalogue_path: Path,
    order: Order,
    now: datetime,
    progress: Callable[[int, int], None],
) -> Made:
    """Make calls of the last whole weeks; `progress` is told how many there are, and of how many.

    The same seed, customers, catalogue and day make the same calls. Raises `ConfigurationError` for a backend with
    calls and for more of them than the agents can take.
    """
    _check(order)
    store, catalogues = SqlStore(database), LiveCatalogues()
    catalogue = _catalogue(database, catalogues, catalogue_path, now - timedelta(weeks=order.weeks + 1))
    load_samples(store, resources, now)
    days = timetable.weeks_before(now.astimezone(catalogue.zone).date(), order.weeks)
    agents = sample_agents(order.seed, order.agents, sample_teams(order.teams), _families(resources))
    wanted = max(FEWEST_CUSTOMERS, order.calls // CALLS_OF_A_CUSTOMER)
    begin = datetime.combine(days[0], time(), catalogue.zone).astimezone(UTC)
    with database.writing() as connection:
        unit, bulk = SqlUnit(connection), Bulk(connection)
        new = add_customers(unit, bulk, resources, now, wanted)
        set_up_review(unit, order.lead, now)
        agents = add_agents(unit, agents, order.lead, frozenset(catalogue.entry.skills), days[0], begin)
        people, wordings = persons(bulk), unit.consents.wordings()
    chance = random.Random(f"{order.seed}/calls")
    ground = _ground(catalogue, wordings, chance, order.seed, now)
    table = timetable.timetable(
        np.random.default_rng(order.seed),
        order.calls,
        days,
        timetable.day_profile(resources / "telephony" / "day_profile.csv"),
        catalogue.zone,
        len(people),
        ground.concerns,
    )
    queue_calls = QueueCalls(random.Random(f"{order.seed}/queues"))
    writing = _Writing(database, catalogue, Ledger(wordings, catalogue.zone), queue_calls, chance)
    done = 0
    for calls in _at_once(Days(ground, table, people, agents, chance)):
        writing.add(calls)
        done += len(calls)
        progress(done, order.calls)
    writing.end(now)
    catching_up, weeks = CatchingUp(store, catalogues, lambda: now), Weeks(store, monotonic)
    while catching_up.run():
        pass
    while weeks.pack_next():
        pass
    return Made(order.calls, len(people), new, days[0], days[-1], writing.consents, writing.truths(agents))


def _catalogue(database: Database, catalogues: LiveCatalogues, path: Path, since: datetime) -> Catalogue:
    """Return what decides in a backend without calls; in one without a catalogue it is taken in as of a moment."""
    with database.writing() as connection:
        unit = SqlUnit(connection)
        if Bulk(connection).has_calls():
            raise ConfigurationError(
                "there are calls already, and half a year is made once, for a backend without any: name another folder "
                "or database"
            )
        if lives_of(unit.catalogues.steps()).live is None:
            take_in(unit, files_at(path), since, False, catalogues)
        return catalogues.in_force(unit).live


def _ground(
    catalogue: Catalogue, wordings: Iterable[Wording], chance: random.Random, seed: int, now: datetime
) -> Ground:
    concerns = tuple(one.code for one in catalogue.entry.concerns)
    return Ground(
        catalogue=catalogue,
        offers=Offers(catalogue, concerns, chance),
        records=Records(catalogue),
        concerns=concerns,
        items=tuple(catalogue.security_items[: catalogue.security_items_required]),
        readings={
            (channel, one.language): Reading(one.wording_id, one.text_sha256)
            for one in wordings
            if one.retired_at is None and one.purpose is ConsentPurpose.ADV_OWN
            for channel in one.channels
        },
        salt=f"sample {seed}",
        now=now,
    )


def _at_once(days: Iterable[list[Told]]) -> Iterator[list[Told]]:
    """Put so many days together that a transaction is worth its while."""
    held: list[Told] = []
    for calls in days:
        held += calls
        if len(held) >= _AT_ONCE:
            yield held
            held = []
    if held:
        yield held


def _check(order: Order) -> None:
    if min(order.calls, order.agents, order.teams, order.weeks) < 1 or order.agents < order.teams:
        raise ConfigurationError("calls, agents, teams and weeks are at least one each, with an agent in every team")
    most = int(order.agents * order.weeks * _DAYS_A_WEEK * MOST_CALLS_A_DAY)
    if order.calls > most:
        raise ConfigurationError(
            f"{order.agents} agents take at most {most} calls in {order.weeks} weeks: name more agents or weeks"
        )


def _families(resources: Path) -> Sequence[str]:
    path = resources / "sample" / "names.yaml"
    document = read_yaml(path)
    if document.errors:
        raise SampleDataError("\n".join(str(error) for error in document.errors))
    try:
        families: list[str] = document.content["family"]
    except (KeyError, TypeError) as error:
        raise SampleDataError(f"{path.name}: a list of words is missing: {error}") from error
    return families


class _Writing:
    """Writes days, and sums up what is true of them."""

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        ledger: Ledger,
        queue_calls: QueueCalls,
        chance: random.Random,
    ) -> None:
        self._database = database
        self._zone = catalogue.zone
        self._ledger = ledger
        self._chance = chance
        rules = catalogue.entry.review
        self._materials = Materials(timedelta(days=rules.confirm_days), catalogue.zone)
        self._queue_calls = queue_calls
        self._repeats = Repeats(rules.repeat_days)
        self._gains: dict[str, float] = defaultdict(float)
        self._chances: dict[str, int] = defaultdict(int)
        self.consents = 0

    def add(self, calls: Sequence[Told]) -> None:
        """Write calls in order of their begin, in one transaction, with everything that follows from them."""
        rows, repeats = CallRows(), dict[UUID, UUID | None]()
        facts = []
        for told in calls:
            add_rows(rows, told)
            fact = call_fact(self._materials.of(told), self._zone)
            if fact is not None:
                facts.append(fact)
            for contact_id in self._repeats.next_call(told):
                repeats[contact_id] = told.contact.contact_id
            self._ledger.add(told, [id_at(self._chance, one.at.timestamp()) for one in told.confirmations])
            self._sum_up(told)
        with self._database.writing() as connection:
            unit = SqlUnit(connection)
            Bulk(connection).add(rows)
            unit.site.add_queue_calls([one for told in calls for one in self._queue_calls.of(told)])
            unit.review.put(facts, [one.contact_id for one in facts])
            unit.review.set_repeats(repeats)
            self.consents += self._ledger.write(unit.consents, calls[-1].contact.started_at)

    def end(self, now: datetime) -> None:
        """Write what was confirmed after the last call, and let the review see to what later calls have added."""
        with self._database.writing() as connection:
            unit = SqlUnit(connection)
            self.consents += self._ledger.write(unit.consents, now)
            for contact_id in self._materials.outdated():
                unit.review.changed(contact_id, now)

    def truths(self, agents: Sequence[SampleAgent]) -> tuple[Truth, ...]:
        """Return what is true of each agent."""
        return tuple(
            Truth(one, self._chances[one.code], self._gains[one.code] / max(self._chances[one.code], 1))
            for one in agents
        )

    def _sum_up(self, told: Told) -> None:
        if told.opportunity and not told.nothing_shown:
            self._chances[told.agent.code] += 1
            self._gains[told.agent.code] += told.chance_to_win - told.as_others
