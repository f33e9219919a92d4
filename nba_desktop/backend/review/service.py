"""The review as it is asked for: by whom, of whom, by which rules; every look at it is written down first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
from nba_desktop.backend.review.cells import whole_blocks
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
    Period,
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
        head = self._head(team, counted, asked.filter, rules)
        if not counted.question.persons:
            return TeamReview(
                head=head, total=self._total(counted, rules), actions=self._action_rows(counted, rules, ())
            )
        every = self._count_beside(counted.question, rules)
        safe = self._asking.tells_nobody(counted.question, rules.entry, rules.today)
        return TeamReview(
            head=head,
            total=self._total(every if safe else counted, rules),
            agents=self._agent_rows(counted, self._shown(counted), rules),
            actions=self._action_rows(every, rules, self._telling(counted.question, every, rules)),
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
            period = _period(asked.filter, rules)
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
        return self._counted(
            Question(team_id, _period(asked, rules), sieve, rules.mode.mode is ReviewMode.COACHING), rules
        )

    def _count_beside(self, question: Question, rules: _Rules) -> Counted:
        """Count all of everybody, to be shown beside what is shown of each."""
        return self._counted(replace(question, persons=False, beside_persons=True), rules)

    def _telling(self, question: Question, every: Counted, rules: _Rules) -> tuple[str, ...]:
        """The actions whose figures of all would tell of too few beside those of each."""
        return tuple(
            one
            for one in every.counts.names.actions
            if question.sieve.action_id in (None, one)
            and not self._asking.tells_nobody(
                replace(question, sieve=replace(question.sieve, action_id=one)), rules.entry, rules.today
            )
        )

    def _counted(self, question: Question, rules: _Rules) -> Counted:
        team_id, sieve = question.team_id or "", question.sieve
        counted = self._asking.count(question, rules.entry, rules.today)
        with self._store.read() as unit:
            for weeks, agents in counted.due():
                due = unit.review.follow_ups(team_id, weeks, rules.today, sieve)
                counted.counts.add_follow_ups(one for one in due if one.agent in agents)
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
        shown = counted.protected.group(sieve)
        if counted.question.persons and shown and not counted.spans:
            # There are calls, and of nobody enough: that is not the same as none.
            return HIDDEN
        return figures_of_all(counted.counts, sieve.action_id is not None, shown, rules.entry.least_group)

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
                counted=_span(counted, agent),
            )
            for place, agent in enumerate(names)
        )

    @staticmethod
    def _action_rows(counted: Counted, rules: _Rules, telling: Sequence[str]) -> tuple[ActionRow, ...]:
        sieve, names = counted.question.sieve, counted.counts.names.actions
        shown = np.array(
            [one not in telling and counted.protected.group(Sieve(one, sieve.queue, sieve.concern)) for one in names],
            dtype=np.bool_,
        )
        figures = figures_of_actions(counted.counts, shown, rules.entry.least_group)
        return tuple(
            ReviewService._action_row(one, figures[place], rules)
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
        decided = counted.counts.actions["decided"][place]
        details = counted.details()
        return AgentReview(
            head=head,
            row=row,
            actions=tuple(
                self._own_action(team, agent, asked.model_copy(update={"action_id": one}), rules)
                if decided[number] >= rules.entry.least_presentations
                else self._action_row(one, HIDDEN, rules)
                for number, one in enumerate(names.actions)
                if asked.action_id in (None, one)
            ),
            funnel=funnel_of(counted.counts, place),
            objections=objection_rows(details, rules.words, place, rules.entry.least_group),
            not_addressed=reasons_of(details.not_addressed[place]),
            notes=notes,
        )

    def _own_action(self, team: TeamRow, agent: str, asked: ReviewFilter, rules: _Rules) -> ActionRow:
        """One action of one agent: what the filter of the action shows of him, over its own cells."""
        counted = self._count(team.team_id, asked, rules)
        names = counted.counts.names
        place, number = names.agents.index(agent), names.actions.index(asked.action_id or "")
        if not self._shown(counted)[place]:
            return self._action_row(names.actions[number], HIDDEN, rules)
        figures = figures_of_actions_by(counted.counts, place)[number]
        return self._action_row(names.actions[number], figures, rules, _span(counted, agent))

    @staticmethod
    def _action_row(action_id: str, figures: Figures, rules: _Rules, counted: Period | None = None) -> ActionRow:
        words = rules.words
        return ActionRow(
            action_id=action_id,
            title=words.action(action_id),
            kind=words.kind(action_id),
            figures=figures,
            counted=counted,
        )


def _period(asked: ReviewFilter, rules: _Rules) -> Period:
    """What of the asked period is counted: weeks, or where persons are shown fixed blocks of them."""
    if rules.mode.mode is ReviewMode.COACHING:
        return whole_blocks(asked.period, rules.today).period
    return whole_weeks(asked.period)


def _span(counted: Counted, agent: str) -> Period | None:
    """What of the period an agent's figures are of, None where it is all of it or nothing."""
    span = counted.spans.get(agent)
    return None if span is None or span.period == counted.question.period else span.period


def _team_of(unit: Unit, agent_id: str, day: date) -> str | None:
    """The team an agent is in on a day."""
    since = [one for one in unit.teams.members() if one.agent_id == agent_id and one.since <= day]
    return since[-1].team_id if since else None
