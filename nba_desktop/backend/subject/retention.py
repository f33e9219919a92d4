"""Remove what is old, by the site's rules: a few rows at a time, and each run says what it removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.consent.retention import may_go
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.errors import Conflict
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.review.rules import monday
from nba_desktop.backend.rows.review_log import ReviewModeRow
from nba_desktop.backend.rows.settings import SettingRow
from nba_desktop.backend.subject.event_fields import without_inputs
from nba_desktop.backend.subject.records import Removed, RetentionKind, RetentionReport
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ReviewMode

Kind = RetentionKind

_AT_A_TIME: Final = 200
_RUNNING: Final = "retention_running"
_DONE_UNTIL: Final = "retention_done_{}"
_LEASE: Final = timedelta(minutes=10)
"""So long after its last step a run that was cut short keeps others from running."""
_CONTACTS: Final = frozenset({Kind.CONTACTS, Kind.WITHHELD_CALLS})
_IN_PLACE: Final = frozenset({Kind.AGENTS, Kind.DECISION_INPUTS})
"""What is changed and not removed: how far it is done is remembered."""
LOOKED_BACK: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Everything of a kind from before a moment goes."""

    kind: RetentionKind
    before: datetime


@dataclass(slots=True)
class _Run:
    """One run; `stand_ins` says whom it put in whose place, and is forgotten with it."""

    run_id: UUID
    started_at: datetime
    actor: str
    stand_ins: dict[str, str] = field(default_factory=dict)


class RetentionService:
    """Runs the rules; one run at a time, in whatever process."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock

    def run(self, actor: str, dry_run: bool = False) -> tuple[RetentionReport, ...]:
        """Remove what is old and return what it was; with `dry_run` only say what it would be.

        Raises `Conflict` while another run goes on. A run that was cut short is taken up by the next one.
        """
        run = _Run(new_id(), self._clock(), actor)
        if dry_run:
            with self._store.read() as unit:
                rules = self._rules(unit)
                return tuple(self._report(run, rule, self._due(unit, rule, rules)) for rule in rules)
        with self._store.write() as unit:
            self._claim(unit, run)
            rules = self._rules(unit)
        try:
            return tuple(self._carried_out(run, rule) for rule in rules)
        finally:
            with self._store.write() as unit:
                unit.settings.put(SettingRow(_RUNNING, "", self._clock(), actor))

    def run_if_due(self, actor: str) -> tuple[RetentionReport, ...]:
        """Run once a day: when none has begun since the site's hour last came."""
        with self._store.read() as unit:
            catalogue = self._catalogues.in_force(unit).live
            last = unit.retention.last_run()
        now = self._clock().astimezone(catalogue.zone)
        due = datetime.combine(now.date(), time(catalogue.entry.retention.at_hour), catalogue.zone)
        if due > now:
            due -= timedelta(days=1)
        if last is not None and last >= due:
            return ()
        return self.run(actor)

    def reports(self) -> Sequence[RetentionReport]:
        """Return what the runs of the last 400 days did, newest run first."""
        with self._store.read() as unit:
            return unit.retention.reports(self._clock() - LOOKED_BACK)

    def _rules(self, unit: Unit) -> tuple[_Rule, ...]:
        catalogue = self._catalogues.in_force(unit).live
        kept = catalogue.entry.retention
        days = (
            # First what changes rows, then what removes them.
            (Kind.AGENTS, kept.agent_days),
            (Kind.DECISION_INPUTS, kept.decision_days),
            (Kind.CONTACTS, kept.contact_days),
            (Kind.WITHHELD_CALLS, kept.withheld_call_days),
            (Kind.TOUCHPOINTS, kept.touchpoint_days),
            (Kind.TEASERS, kept.teaser_days),
            (Kind.READINGS, kept.reading_days),
            (Kind.AUDIT_LOOKS, kept.reading_days),
            (Kind.QUEUE_CALLS, kept.queue_call_days),
            (Kind.RESULTS, kept.result_days),
            (Kind.CORRECTIONS, kept.result_days),
        )
        rules = [
            _Rule(kind, _moment(self._day(kind, catalogue, days_kept), catalogue))
            for kind, days_kept in days
            if days_kept is not None
        ]
        ended = _agreement_ended(unit.review_log.modes(), self._today(catalogue))
        if ended is not None:
            day = min(ended + timedelta(days=1), self._day(Kind.AGENTS, catalogue, kept.agent_days))
            rules.append(_Rule(Kind.REVIEW, _moment(day, catalogue)))
        rules.append(_Rule(Kind.CONSENT_PROOF, self._clock()))
        return tuple(rules)

    def _today(self, catalogue: Catalogue) -> date:
        return self._clock().astimezone(catalogue.zone).date()

    def _day(self, kind: RetentionKind, catalogue: Catalogue, days: int) -> date:
        """The first day that is kept; agents go by whole weeks, so that there are few stand-ins of each."""
        day = self._today(catalogue) - timedelta(days=days)
        return monday(day) if kind is Kind.AGENTS else day

    def _due(self, unit: Unit, rule: _Rule, rules: Sequence[_Rule]) -> Removed:
        if rule.kind is Kind.CONSENT_PROOF:
            return self._proofs_due(unit)
        since = _done_until(unit, rule.kind)
        if rule.kind is Kind.WITHHELD_CALLS:
            # The older ones go with all the other calls.
            gone = (one.before - timedelta(microseconds=1) for one in rules if one.kind is Kind.CONTACTS)
            since = next(gone, None)
        return unit.retention.due(rule.kind, since, rule.before)

    def _proofs_due(self, unit: Unit) -> Removed:
        """Proofs that need not be kept any longer; they stay, because the chain of all entries would break."""
        found = Removed()
        for customer_id in unit.consents.customer_ids():
            catalogue = self._catalogues.for_customer(unit, customer_id)
            years = catalogue.entry.consent_proof.other_channels_years
            for one in may_go(unit.consents.of_customer(customer_id), years, catalogue.zone, self._clock()):
                day = one.retention_until.astimezone(catalogue.zone).date()
                found += Removed(one.entries, day, day)
        return found

    def _carried_out(self, run: _Run, rule: _Rule) -> RetentionReport:
        removed = Removed()
        if rule.kind is Kind.CONSENT_PROOF:
            with self._store.read() as unit:
                removed = self._proofs_due(unit)
        else:
            for step in self._steps(run, rule):
                removed += step
        report = replace(self._report(run, rule, removed), ended_at=self._clock())
        with self._store.write() as unit:
            unit.retention.keep_report(report)
        return report

    def _steps(self, run: _Run, rule: _Rule) -> Iterator[Removed]:
        """Do one step after the other, each in a transaction of its own, so that nobody waits for all of them."""
        done = Removed()
        while True:
            with self._store.write() as unit:
                self._claim(unit, run)
                step = self._step(unit, run, rule)
                done += step
                if step.number:
                    unit.retention.keep_report(self._report(run, rule, done))
            yield step
            if step.number < _AT_A_TIME:
                return

    def _step(self, unit: Unit, run: _Run, rule: _Rule) -> Removed:
        if rule.kind in _CONTACTS:
            return unit.retention.remove_contacts(rule.kind, rule.before, _AT_A_TIME)
        if rule.kind not in _IN_PLACE:
            return unit.retention.remove(rule.kind, rule.before, _AT_A_TIME)
        since = _done_until(unit, rule.kind)
        if rule.kind is Kind.AGENTS:
            removed, last = unit.retention.stand_in_for_agents(
                since, rule.before, _AT_A_TIME, run.stand_ins, run.started_at
            )
        else:
            removed, last = unit.retention.clear_inputs(since, rule.before, _AT_A_TIME, without_inputs)
        if last is not None:
            name = _DONE_UNTIL.format(rule.kind.value)
            unit.settings.put(SettingRow(name, last.astimezone(UTC).isoformat(), self._clock(), run.actor))
        return removed

    def _claim(self, unit: Unit, run: _Run) -> None:
        """Say that this run goes on; raise `Conflict` when another one does."""
        now, held = self._clock(), unit.settings.get(_RUNNING)
        if held is not None and held.content not in ("", str(run.run_id)) and held.at > now - _LEASE:
            raise Conflict("another run of the retention goes on: wait for its end")
        unit.settings.put(SettingRow(_RUNNING, str(run.run_id), now, run.actor))

    def _report(self, run: _Run, rule: _Rule, removed: Removed) -> RetentionReport:
        return RetentionReport(run.run_id, rule.kind, run.started_at, None, rule.before, removed)


def _moment(day: date, catalogue: Catalogue) -> datetime:
    return datetime.combine(day, time(), catalogue.zone).astimezone(UTC)


def _done_until(unit: Unit, kind: RetentionKind) -> datetime | None:
    found = unit.settings.get(_DONE_UNTIL.format(kind.value)) if kind in _IN_PLACE else None
    return None if found is None else datetime.fromisoformat(found.content)


def last_agreement(modes: Sequence[ReviewModeRow]) -> ReviewModeRow | None:
    """Return the works agreement that was named last, in force or not; None without any.

    Until its last day the facts of the review stay, whatever mode is set meanwhile.
    """
    return next((one for one in reversed(modes) if one.mode is ReviewMode.COACHING), None)


def _agreement_ended(modes: Sequence[ReviewModeRow], today: date) -> date | None:
    """Return the last day of the works agreement, when it is over; None without any."""
    last = last_agreement(modes)
    return None if last is None or last.until is None or last.until >= today else last.until
