"""The review as it is asked for: by whom, of whom, by which rules; every look at it is written down first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.decisioning.entries.site import ReviewEntry
from nba_desktop.backend.errors import Forbidden, NotFound
from nba_desktop.backend.ports import Store, Unit
from nba_desktop.backend.review.asking import Asking, Counted, Question
from nba_desktop.backend.review.catching_up import CatchingUp
from nba_desktop.backend.review.comparing import LEVEL, TOO_FEW, comparisons
from nba_desktop.backend.review.counting import Sieve
from nba_desktop.backend.review.drilling import funnel_of, objection_rows, reasons_of
from nba_desktop.backend.review.figures import (
    HIDDEN,
    figures_of_actions,
    figures_of_actions_by,
    figures_of_agents,
    figures_of_all,
)
from nba_desktop.backend.review.log import LOOKED_BACK, access_of, check_member, display_names, note_of, own_teams
from nba_desktop.backend.review.reading import Weeks
from nba_desktop.backend.review.rules import SITE_READERS, ModeNow, check_on, check_persons, mode_now, whole_weeks
from nba_desktop.backend.review.words import CatalogueWords
from nba_desktop.backend.rows import AccessRow, Caller, TeamRow
from nba_desktop.contract.base import Language, new_id
from nba_desktop.contract.codes import ReviewMode, Role
from nba_desktop.contract.review import (
    ActionRow,
    AgentAsked,
    AgentReview,
    AgentRow,
    Figures,
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

    def team(self, caller: Caller, asked: TeamAsked, language: Language, exported: bool = False) -> TeamReview:
        """Return the review of a team that the caller leads; raises the `Refused` that says why not."""
        rules, team = self._looked(caller, asked, None, language, exported)
        counted = self._count(team.team_id, asked.filter, rules)
        shown = self._shown(counted)
        return TeamReview(
            head=self._head(team, counted, asked.filter, rules),
            total=self._total(counted, rules),
            agents=self._agent_rows(counted, shown, rules) if rules.mode.mode is ReviewMode.COACHING else (),
            actions=self._action_rows(counted, rules),
        )

    def agent(self, caller: Caller, asked: AgentAsked, language: Language, exported: bool = False) -> AgentReview:
        """Return the review of one agent of a team that the caller leads; raises the `Refused` that says why not."""
        rules, team = self._looked(caller, asked, asked.agent, language, exported)
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
        if rules.mode.mode is ReviewMode.COACHING and team_id:
            review = self._of_agent(teams[team_id], caller.recipient_code, asked.filter, rules)
        return OwnReview(
            mode=rules.mode.mode,
            review=review,
            accesses=tuple(access_of(one, names, teams) for one in rows),
        )

    def _looked(
        self, caller: Caller, asked: TeamAsked, agent: str | None, language: Language, exported: bool
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
            if exported and not rules.entry.export:
                raise Forbidden("the site's catalogue does not allow to export figures of the review")
            period = whole_weeks(asked.filter.period)
            unit.review_log.add_access(
                AccessRow(
                    access_id=new_id(),
                    at=self._clock(),
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
                    exported=exported,
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
        persons = rules.mode.mode is ReviewMode.COACHING
        counted = self._asking.count(
            Question(team_id, whole_weeks(asked.period), sieve, persons), rules.entry, rules.today
        )
        with self._store.read() as unit:
            counted.counts.add_follow_ups(unit.review.follow_ups(team_id, counted.due_weeks, rules.today, sieve))
        return counted

    def _head(self, team: TeamRow, counted: Counted, asked: ReviewFilter, rules: _Rules) -> ReviewHead:
        return ReviewHead(
            team_id=team.team_id,
            team=team.name,
            mode=rules.mode.mode,
            agreement=rules.mode.agreement,
            until=rules.mode.until,
            filter=asked.model_copy(update={"period": counted.question.period}),
            least_group=rules.entry.least_group,
            least_presentations=rules.entry.least_presentations,
            level=LEVEL,
            notice=rules.notice,
            may_export=rules.entry.export,
            counted_until=self._catching_up.counted_until(),
            left_out_weeks=counted.left_out_weeks,
        )

    @staticmethod
    def _shown(counted: Counted) -> BoolArray:
        return counted.protected.agents(counted.question.sieve)

    @staticmethod
    def _total(counted: Counted, rules: _Rules) -> Figures:
        sieve = counted.question.sieve
        return figures_of_all(
            counted.counts, sieve.action_id is not None, counted.protected.group(sieve), rules.entry.least_group
        )

    def _agent_rows(self, counted: Counted, shown: BoolArray, rules: _Rules) -> tuple[AgentRow, ...]:
        with self._store.read() as unit:
            people = unit.access.pseudonyms()
        names = counted.counts.names.agents
        figures = figures_of_agents(counted.counts, counted.question.sieve.action_id is not None, shown)
        compared = comparisons(counted.counts, shown, rules.entry.least_group)
        return tuple(
            AgentRow(
                agent=agent,
                name=(people[agent].display_name or "") if agent in people else "",
                figures=figures[place],
                comparison=compared[place],
            )
            for place, agent in enumerate(names)
        )

    @staticmethod
    def _action_rows(counted: Counted, rules: _Rules) -> tuple[ActionRow, ...]:
        sieve, names = counted.question.sieve, counted.counts.names.actions
        shown = np.array(
            [counted.protected.group(Sieve(one, sieve.queue, sieve.concern)) for one in names], dtype=np.bool_
        )
        figures = figures_of_actions(counted.counts, shown, rules.entry.least_group)
        return tuple(
            ActionRow(action_id=one, title=rules.words.action(one), kind=rules.words.kind(one), figures=figures[place])
            for place, one in enumerate(names)
            if sieve.action_id in (None, one)
        )

    def _of_agent(self, team: TeamRow, agent: str, asked: ReviewFilter, rules: _Rules) -> AgentReview:
        counted = self._count(team.team_id, asked, rules)
        head = self._head(team, counted, asked, rules)
        with self._store.read() as unit:
            notes = tuple(note_of(one) for one in unit.review_log.notes_about(agent))
            profile = unit.access.pseudonyms().get(agent)
        name = "" if profile is None else profile.display_name or ""
        names = counted.counts.names
        place = names.agents.index(agent) if agent in names.agents else None
        shown = self._shown(counted)
        if place is None or not shown[place]:
            return AgentReview(
                head=head, row=AgentRow(agent=agent, name=name, figures=HIDDEN, comparison=TOO_FEW), notes=notes
            )
        row = self._agent_rows(counted, shown, rules)[place]
        sieve = counted.question.sieve
        may = counted.protected.actions_of(place, sieve)
        figures = figures_of_actions_by(counted.counts, place, may)
        details = counted.details()
        return AgentReview(
            head=head,
            row=row,
            actions=tuple(
                ActionRow(
                    action_id=one, title=rules.words.action(one), kind=rules.words.kind(one), figures=figures[number]
                )
                for number, one in enumerate(names.actions)
                if sieve.action_id in (None, one)
            ),
            funnel=funnel_of(counted.counts, place),
            objections=objection_rows(details, rules.words, place, rules.entry.least_group),
            not_addressed=reasons_of(details.not_addressed[place]),
            notes=notes,
        )


def _team_of(unit: Unit, agent_id: str, day: date) -> str | None:
    """The team an agent is in on a day."""
    since = [one for one in unit.teams.members() if one.agent_id == agent_id and one.since <= day]
    return since[-1].team_id if since else None
