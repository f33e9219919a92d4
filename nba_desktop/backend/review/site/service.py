"""The site's figures as they are asked for; nobody's figures are in them, and so no access is written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.decisioning.entries.site import ReviewEntry
from nba_desktop.backend.errors import InvalidMessage
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.review.catching_up import CatchingUp
from nba_desktop.backend.review.figures import HIDDEN, rate
from nba_desktop.backend.review.reading import ReadWeek, Weeks
from nba_desktop.backend.review.rules import mode_now, monday, whole_weeks
from nba_desktop.backend.review.segments import Segment
from nba_desktop.backend.review.site import counting
from nba_desktop.backend.review.site.consents import After, consent_rates
from nba_desktop.backend.review.site.flow import DAYS, journey_flow
from nba_desktop.backend.review.site.scope import agents_in, site_weeks
from nba_desktop.backend.review.site.talk_time import talk_bins
from nba_desktop.backend.review.statistics.uplift import Uplift
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.site_figures import ConsentSaid, QueueCounts
from nba_desktop.contract.codes import ReviewMode, Role
from nba_desktop.contract.review import SHORTEST_DAYS, JourneyFlow, Period, Rate, SiteFigures, SiteWeek, TalkTime

WEEKS: Final = 26
"""The last whole weeks that are answered where no days are named."""

LONGEST: Final = timedelta(weeks=106)

_NOT_TOLD: Final[dict[str, object]] = {
    "handling": HIDDEN.with_action,
    "consent_asked": Rate(hidden=True),
    "consents": (),
}
"""Of a week, what lines of agents have, too."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for, and everything about the site that an answer needs."""

    period: Period
    rules: ReviewEntry
    today: date
    zone: tzinfo

    def begin(self, day: date) -> datetime:
        """The moment a day of the site begins."""
        return datetime.combine(day, time(), self.zone)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What a week's figures need of the other weeks: what became of consents later, and what the control withholds."""

    after: After
    withheld: frozenset[str]


class SiteService:
    """Counts the site; used by many threads."""

    def __init__(
        self,
        store: Store,
        catalogues: LiveCatalogues,
        catching_up: CatchingUp,
        weeks: Weeks,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._catalogues = catalogues
        self._catching_up = catching_up
        self._weeks = weeks
        self._clock = clock

    def weeks(self, first: date | None = None, last: date | None = None, caller: Caller | None = None) -> SiteFigures:
        """Return the whole weeks around two days, or the last half-year; raises the `Refused` that says why not.

        Without a caller it is the administrator's command that asks.
        """
        asked, found, left_out = self._read(first, last)
        with self._store.read() as unit:
            apart = _told_apart(unit, caller, found, asked)
            said = unit.site.consents_said(asked.begin(asked.period.first), _end(asked))
            after = After(unit.site.consents_after(asked.begin(asked.period.first)) if said else ())
            every = [one.segment for teams in found.values() for one in teams]
            whole = _Whole(after, counting.withheld_in(every))
            by_week = _by_week(said, asked.zone)
            weeks = tuple(
                self._week(unit, week, [one.segment for one in teams], by_week.get(week, []), whole, asked)
                for week, teams in found.items()
            )
        weeks = tuple(one.model_copy(update=_NOT_TOLD) if one.monday in apart else one for one in weeks)
        return SiteFigures(
            period=asked.period,
            repeat_days=asked.rules.repeat_days,
            service_seconds=asked.rules.service_seconds,
            weeks=weeks,
            left_out_weeks=left_out,
            counted_until=self._catching_up.counted_until(),
        )

    def talk_time(self, first: date | None = None, last: date | None = None, caller: Caller | None = None) -> TalkTime:
        """Return acceptance by talk time over the same weeks."""
        asked, found, _ = self._read(first, last)
        with self._store.read() as unit:
            apart = _told_apart(unit, caller, found, asked)
        segments = [one.segment for week, teams in found.items() for one in teams if week not in apart]
        return TalkTime(period=asked.period, bins=talk_bins(segments, asked.rules.least_group))

    def journey_flow(self, first: date | None = None, last: date | None = None) -> JourneyFlow:
        """Return the ways that led to the calls of the same weeks."""
        with self._store.read() as unit:
            asked = self._asked(unit, first, last)
            since = asked.begin(asked.period.first)
            points = unit.site.ways(since - timedelta(days=DAYS), _end(asked))
            rules = self._catalogues.in_force(unit).live.journey_rules
            return journey_flow(points, since, asked.period, asked.rules.least_group, rules)

    def _read(self, first: date | None, last: date | None) -> tuple[_Asked, dict[date, list[ReadWeek]], int]:
        self._catching_up.run()
        with self._store.read() as unit:
            asked = self._asked(unit, first, last)
        read = site_weeks(self._weeks.read(None, asked.period.first, asked.period.last), asked.rules.least_group)
        found = {week: teams for week, teams in read.items() if teams}
        return asked, found, len(read) - len(found)

    def _asked(self, unit: Unit, first: date | None, last: date | None) -> _Asked:
        catalogue = self._catalogues.in_force(unit).live
        today = self._clock().astimezone(catalogue.zone).date()
        last = monday(today) - timedelta(days=1) if last is None else last
        first = last - timedelta(weeks=WEEKS) + timedelta(days=1) if first is None else first
        if not timedelta(days=SHORTEST_DAYS - 1) <= last - first <= LONGEST:
            raise InvalidMessage(
                f"the days from {first} to {last} are no period of {SHORTEST_DAYS // 7} to {LONGEST.days // 7} weeks"
            )
        period = whole_weeks(Period(first=first, last=last))
        return _Asked(period, catalogue.entry.review, today, catalogue.zone)

    @staticmethod
    def _week(
        unit: Unit, week: date, segments: Sequence[Segment], said: Sequence[ConsentSaid], whole: _Whole, asked: _Asked
    ) -> SiteWeek:
        rules, last = asked.rules, week + timedelta(days=6)
        begin, end = asked.begin(week), asked.begin(week + timedelta(days=7))
        queues = unit.site.queue_counts(begin, end, rules.service_seconds * 1000)
        asked_for = counting.consent_asked_of(segments)
        figures = SiteWeek(
            monday=week,
            calls=counting.calls_of(segments),
            handling=counting.handling_of(segments),
            transferred=counting.transfers_of(segments),
            **_of_queues(queues),
            decision_availability=counting.availability_of(segments),
            panel_latency_p95_ms=counting.latency_of(segments),
            consent_asked=asked_for,
            consents=consent_rates(said, whole.after, asked_for.trials or 0, rules.least_group),
        )
        known: dict[str, object] = {}
        if last + timedelta(days=rules.repeat_days) < asked.today:
            known["first_contact_resolution"] = counting.resolution_of(segments)
        if last + timedelta(days=rules.confirm_days) < asked.today:
            lift = counting.uplift_of(segments, whole.withheld, week, rules.least_presentations)
            if isinstance(lift, Uplift):
                known |= {"uplift": lift.points, "uplift_low": lift.low, "uplift_high": lift.high}
        return figures.model_copy(update=known)


def _of_queues(counts: QueueCounts) -> dict[str, object]:
    """What is known of the calls that were offered, nothing where no telephone system reported any."""
    if not counts.offered:
        return {}
    return {
        "service_level": rate(counts.in_time, counts.offered),
        "abandoned": rate(counts.abandoned, counts.offered),
    }


def _by_week(said: Sequence[ConsentSaid], zone: tzinfo) -> dict[date, list[ConsentSaid]]:
    found: dict[date, list[ConsentSaid]] = {}
    for one in said:
        found.setdefault(monday(one.at.astimezone(zone).date()), []).append(one)
    return found


def _end(asked: _Asked) -> datetime:
    return asked.begin(asked.period.last + timedelta(days=1))


def _told_apart(unit: Unit, caller: Caller | None, found: dict[date, list[ReadWeek]], asked: _Asked) -> set[date]:
    """Return the weeks of whose agents the caller is shown all but too few one by one: he leads their teams.

    What lines have, too, would there be the figures of those his pages hide.
    """
    mode = mode_now(unit.review_log.modes(), asked.today).mode
    if caller is None or Role.TEAM_LEAD not in caller.roles or mode is not ReviewMode.COACHING:
        return set()
    led = {one.team_id for one in unit.teams.all() if caller.agent_id in one.leads}
    others = {
        week: set[str]().union(*(agents_in(one) for one in teams if one.team_id not in led))
        for week, teams in found.items()
        if any(one.team_id in led for one in teams)
    }
    return {week for week, agents in others.items() if len(agents) < asked.rules.least_group}
