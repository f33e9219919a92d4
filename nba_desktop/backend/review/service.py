"""The review as it is asked for: by whom, of whom, by which rules; every look at it is written down first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.decisioning.entries.site import ReviewEntry
from nba_desktop.backend.errors import Forbidden, NotFound
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.review.asking import Asking, Counted, Question
from nba_desktop.backend.review.catching_up import CatchingUp
from nba_desktop.backend.review.cells import whole_blocks
from nba_desktop.backend.review.comparing import LEVEL
from nba_desktop.backend.review.counts import Sieve
from nba_desktop.backend.review.log import LOOKED_BACK, access_of, check_member, display_names, note_of, own_teams
from nba_desktop.backend.review.pages import agent_page, agent_rows, group_action_rows, group_total
from nba_desktop.backend.review.reading import Weeks
from nba_desktop.backend.review.rules import SITE_READERS, ModeNow, check_on, check_persons, mode_now
from nba_desktop.backend.review.words import CatalogueWords
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.review_log import AccessRow
from nba_desktop.backend.rows.teams import TeamRow
from nba_desktop.contract.base import Language, new_id
from nba_desktop.contract.codes import ReviewMode, Role
from nba_desktop.contract.review import (
    AgentAsked,
    AgentReview,
    Named,
    OwnAsked,
    OwnReview,
    ReviewChoices,
    ReviewFilter,
    ReviewHead,
    TeamAsked,
    TeamReview,
)

_CHOICES_OF: Final = timedelta(days=371)
"""The weeks whose queues can be chosen."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """Everything about the site that an answer needs."""

    entry: ReviewEntry
    words: CatalogueWords
    mode: ModeNow
    today: date
    notice: str

    @property
    def persons(self) -> bool:
        """Whether figures of persons are shown."""
        return self.mode.mode is ReviewMode.COACHING


class ReviewService:
    """Answers team leads, and agents about themselves."""

    def __init__(
        self,
        store: Store,
        catalogues: LiveCatalogues,
        catching_up: CatchingUp,
        asking: Asking,
        weeks: Weeks,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._catalogues = catalogues
        self._catching_up = catching_up
        self._asking = asking
        self._weeks = weeks
        self._clock = clock

    def choices(self, caller: Caller, language: Language) -> ReviewChoices:
        """Return what whoever asks can review, and what he can filter by."""
        self._catching_up.run()
        with self._store.read() as unit:
            rules = self._rules(unit, language)
            teams = unit.teams.all()
            own = None if Role.AGENT not in caller.roles else _team_of(unit, caller.agent_id, rules.today)
        led = [one for one in teams if Role.TEAM_LEAD in caller.roles and caller.agent_id in one.leads]
        owner = Role.ACTION_OWNER in caller.roles
        seen = [one.team_id for one in (led or (teams if owner else ()))] or ([own] if own else [])
        first = rules.today - _CHOICES_OF
        weeks = [week for team_id in seen for week in self._weeks.read(team_id, first, rules.today)]
        return ReviewChoices(
            mode=rules.mode.mode,
            agreement=rules.mode.agreement,
            until=rules.mode.until,
            may_export=rules.entry.export,
            may_see_site=not caller.roles.isdisjoint(SITE_READERS),
            may_see_actions=owner,
            teams=tuple(Named(code=one.team_id, title=one.name) for one in led),
            actions=rules.words.actions(),
            queues=tuple(sorted({queue for week in weeks for queue in week.segment.names["queues"]})),
            concerns=rules.words.concerns(),
            first_day=min((one.week for one in weeks), default=None),
            last_day=min(max(one.week for one in weeks) + timedelta(days=6), rules.today) if weeks else None,
        )

    def team(
        self, caller: Caller, asked: TeamAsked, language: Language, exported_at: datetime | None = None
    ) -> TeamReview:
        """Return the review of a team that the caller leads; raises the `Refused` that says why not.

        With `exported_at` the look is written down as an export at that moment.
        """
        rules, team = self._looked(caller, asked, None, language, exported_at)
        counted = self._count(team.team_id, asked.filter, rules)
        least = rules.entry.least_group
        return TeamReview(
            head=self._head(team, counted, asked.filter, rules),
            total=group_total(counted, least),
            agents=agent_rows(counted, self._names(), least) if rules.persons else (),
            actions=group_action_rows(counted, rules.words, least),
        )

    def agent(
        self, caller: Caller, asked: AgentAsked, language: Language, exported_at: datetime | None = None
    ) -> AgentReview:
        """Return the review of one agent of a team that the caller leads; raises the `Refused` that says why not."""
        rules, team = self._looked(caller, asked, asked.agent, language, exported_at)
        return self._of_agent(team, asked.agent, asked.filter, rules)

    def me(self, caller: Caller, asked: OwnAsked, language: Language) -> OwnReview:
        """Return an agent's own page: what his lead sees of him, and who looked."""
        self._catching_up.run()
        now = self._clock()
        with self._store.read() as unit:
            rules = self._rules(unit, language)
            teams = {one.team_id: one for one in unit.teams.all()}
            team_id = _team_of(unit, caller.agent_id, rules.today)
            own = own_teams(unit, caller.agent_id)
            rows = unit.review_log.accesses_about(caller.recipient_code, own, now - LOOKED_BACK)
            names = display_names(unit)
        review = None
        if rules.persons and team_id:
            review = self._of_agent(teams[team_id], caller.recipient_code, asked.filter, rules)
        return OwnReview(
            mode=rules.mode.mode,
            review=review,
            accesses=tuple(access_of(one, names, teams) for one in rows),
        )

    def name_of(self, caller: Caller) -> str:
        """Return how the caller is called, or his pseudonym where no name is known."""
        return self._names().get(caller.recipient_code) or caller.recipient_code

    def _looked(
        self, caller: Caller, asked: TeamAsked, agent: str | None, language: Language, exported_at: datetime | None
    ) -> tuple[_Rules, TeamRow]:
        """Check that the caller may look, and write down that he does, before anything is counted."""
        with self._store.write() as unit:
            rules = self._rules(unit, language)
            team = next((one for one in unit.teams.all() if one.team_id == asked.team_id), None)
            if team is None or caller.agent_id not in team.leads:
                raise NotFound("you lead no team by that id")
            if agent is None:
                check_on(rules.mode)
            else:
                check_persons(rules.mode)
                check_member(unit, team.team_id, agent)
            if exported_at is not None and not rules.entry.export:
                raise Forbidden("the site's catalogue does not allow to export figures of the review")
            period = whole_blocks(asked.filter.period, rules.today).period
            unit.review_log.add_access(
                AccessRow(
                    access_id=new_id(),
                    at=exported_at or self._clock(),
                    by_agent_id=caller.agent_id,
                    role=Role.TEAM_LEAD,
                    reason=asked.reason,
                    note=asked.note,
                    team_id=team.team_id,
                    agent=agent,
                    first_day=period.first,
                    last_day=period.last,
                    action_id=asked.filter.action_id,
                    queue=asked.filter.queue,
                    concern=asked.filter.concern,
                    exported=exported_at is not None,
                )
            )
        self._catching_up.run()
        return rules, team

    def _rules(self, unit: Unit, language: Language) -> _Rules:
        catalogue = self._catalogues.in_force(unit).live
        today = self._clock().astimezone(catalogue.zone).date()
        entry = catalogue.entry.review
        return _Rules(
            entry,
            CatalogueWords(catalogue, language),
            mode_now(unit.review_log.modes(), today),
            today,
            entry.notice.into(language),
        )

    def _count(self, team_id: str, asked: ReviewFilter, rules: _Rules) -> Counted:
        sieve = Sieve(asked.action_id, asked.queue, asked.concern)
        persons = frozenset({team_id} if rules.persons else ())
        counted = self._asking.count(Question(team_id, asked.period, sieve, persons), rules.entry, rules.today)
        with self._store.read() as unit:
            for mondays, lines in counted.agents_by_weeks():
                for one in unit.review.follow_ups(team_id, mondays, rules.today, sieve):
                    if one.agent in lines:
                        counted.counts.add_follow_ups(lines[one.agent], one)
        return counted

    def _head(self, team: TeamRow, counted: Counted, asked: ReviewFilter, rules: _Rules) -> ReviewHead:
        return ReviewHead(
            team_id=team.team_id,
            team=team.name,
            mode=rules.mode.mode,
            agreement=rules.mode.agreement,
            until=rules.mode.until,
            filter=asked.model_copy(update={"period": counted.prepared.span.period}),
            least_group=rules.entry.least_group,
            least_presentations=rules.entry.least_presentations,
            level=LEVEL,
            notice=rules.notice,
            may_export=rules.entry.export,
            counted_until=self._catching_up.counted_until(),
            left_out_weeks=0 if rules.persons else counted.left_out_weeks(),
        )

    def _of_agent(self, team: TeamRow, agent: str, asked: ReviewFilter, rules: _Rules) -> AgentReview:
        counted = self._count(team.team_id, asked, rules)
        with self._store.read() as unit:
            notes = tuple(note_of(one) for one in unit.review_log.notes_about(agent))
        page = agent_page(counted, agent, self._names(), rules.words, rules.entry)
        return AgentReview(head=self._head(team, counted, asked, rules), notes=notes, **page)

    def _names(self) -> Mapping[str, str]:
        with self._store.read() as unit:
            return {code: one.display_name or "" for code, one in unit.access.pseudonyms().items()}


def _team_of(unit: Unit, agent_id: str, day: date) -> str | None:
    """The team an agent is in on a day."""
    since = [one for one in unit.teams.members() if one.agent_id == agent_id and one.since <= day]
    return since[-1].team_id if since else None
