"""What the review of a team shows, and what may be asked next; the same state serves an agent's page on himself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from nba_desktop.contract.codes import ReviewReason
from nba_desktop.contract.review import (
    SHORTEST_DAYS,
    Access,
    ActionAsked,
    AgentReview,
    Period,
    ReviewChoices,
    ReviewFilter,
    TeamReview,
)
from nba_desktop.domain.action_figures import ActionsState
from nba_desktop.domain.blocked import Blocked
from nba_desktop.domain.blocks import BlockState, BlockStatus
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.own_log import OwnLogState
from nba_desktop.domain.site_figures import SiteState

WEEKS: Final = (4, 8, 12, 26)
"""The lengths of the periods that are offered."""


class ExportStatus(StrEnum):
    """How far a file is, or a print."""

    NONE = "none"
    RUNNING = "running"
    SAVED = "saved"
    FAILED = "failed"
    PRINTING = "printing"
    PRINTED = "printed"
    NOT_PRINTED = "not_printed"


class View(StrEnum):
    """The pages of the window."""

    TEAM = "team"
    ACTIONS = "actions"
    SITE = "site"
    OWN_LOG = "own_log"


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Everything on the screen of a review.

    Nothing of a team is asked for before `reason` is given: each asking is written down with it. With `own` it is the
    page of an agent on himself, which needs none. `person` belongs to the agent whose pseudonym is `agent`. `blocked`
    is what keeps the backend from answering until an update.
    """

    own: bool = False
    choices: ReviewChoices | None = None
    choices_block: BlockState = BlockState()
    blocked: Blocked | None = None
    team_id: str | None = None
    reason: ReviewReason | None = None
    reason_note: str = field(default="", repr=False)
    filter: ReviewFilter | None = None
    team: TeamReview | None = None
    team_block: BlockState = BlockState()
    agent: str | None = None
    person: AgentReview | None = None
    person_block: BlockState = BlockState()
    accesses: tuple[Access, ...] = ()
    export: ExportStatus = ExportStatus.NONE
    note_failure: FailureCode | None = None
    site: SiteState = field(default_factory=SiteState)
    actions: ActionsState = field(default_factory=ActionsState)
    own_log: OwnLogState = field(default_factory=OwnLogState)

    @property
    def waits_for_reason(self) -> bool:
        """Whether the team's figures are only asked for once somebody says what for."""
        return not self.own and self.choices is not None and bool(self.choices.teams) and self.reason is None

    @property
    def is_refused(self) -> bool:
        """Whether something is missing because of who asked."""
        site = (self.site.weeks_block, self.site.talk_time_block, self.site.flow_block)
        blocks = (self.choices_block, self.team_block, self.person_block, self.actions.block, self.own_log.block, *site)
        return any(one.failure is FailureCode.UNAUTHORISED for one in blocks)

    @property
    def may_see_site(self) -> bool:
        """Whether the site's page is there for whoever looks."""
        return not self.own and self.choices is not None and self.choices.may_see_site

    @property
    def may_see_actions(self) -> bool:
        """Whether the page on actions over all teams is there for whoever looks."""
        return not self.own and self.choices is not None and self.choices.may_see_actions

    @property
    def view(self) -> View:
        """Which page is open."""
        if self.own and self.own_log.opened:
            return View.OWN_LOG
        if self.may_see_site and self.site.opened:
            return View.SITE
        return View.ACTIONS if self.may_see_actions and self.actions.opened else View.TEAM

    @property
    def views(self) -> tuple[View, ...]:
        """The pages to choose from; who leads no team but may see something else has no page on a team."""
        there = (
            (View.TEAM, self.own or self.choices is None or bool(self.choices.teams)),
            (View.ACTIONS, self.may_see_actions),
            (View.SITE, self.may_see_site),
            (View.OWN_LOG, self.own and self.choices is not None),
        )
        return tuple(view for view, is_there in there if is_there) or (View.TEAM,)

    @property
    def may_print(self) -> bool:
        """Whether there are figures on the page that is open, and the site lets them leave it."""
        if self.choices is None or not self.choices.may_export:
            return False
        shown = {
            View.TEAM: self.person if self.own else None if self.waits_for_reason else self.team,
            View.ACTIONS: self.actions.review,
            View.SITE: self.site.weeks,
            # It is on the screen for him alone.
            View.OWN_LOG: None,
        }
        return shown[self.view] is not None

    @staticmethod
    def unreachable(failure: FailureCode, *, own: bool) -> ReviewState:
        """Nothing to show, and why."""
        return ReviewState(own=own, choices_block=BlockState(BlockStatus.FAILED, failure))


def periods(choices: ReviewChoices) -> tuple[Period, ...]:
    """Return the periods to choose from, shortest first: whole weeks that end with the last that is over.

    The longest begins with the first whole week of figures; without four of them there is none.
    """
    if choices.first_day is None or choices.last_day is None:
        return ()
    last, begin = _sunday_before(choices.last_day), _monday_after(choices.first_day)
    found: list[Period] = []
    for weeks in WEEKS:
        first = max(last - timedelta(weeks=weeks) + timedelta(days=1), begin)
        if (last - first).days + 1 >= SHORTEST_DAYS and (not found or first < found[-1].first):
            found.append(Period(first=first, last=last))
    return tuple(found)


def _sunday_before(day: date) -> date:
    return day - timedelta(days=day.isoweekday() % 7)


def _monday_after(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def with_choices(state: ReviewState, choices: ReviewChoices) -> ReviewState:
    """Take in what can be reviewed; what was chosen before stays where it is still offered."""
    offered = periods(choices)
    teams = {team.code for team in choices.teams}
    kept = state.filter if state.filter is not None and state.filter.period in offered else None
    chosen = kept or (ReviewFilter(period=offered[0]) if offered else None)
    team_id = state.team_id if state.team_id in teams else (choices.teams[0].code if choices.teams else None)
    return replace(state, choices=choices, choices_block=BlockState(BlockStatus.READY), filter=chosen, team_id=team_id)


def asked_of_actions(chosen: ReviewFilter) -> ActionAsked:
    """The same calls, of an action over all teams."""
    return ActionAsked(period=chosen.period, queue=chosen.queue, concern=chosen.concern)


def with_filter(state: ReviewState, chosen: ReviewFilter) -> ReviewState:
    """Choose what counts; figures of the filter before are kept until the new ones come."""
    return replace(state, filter=chosen)


def with_team(state: ReviewState, team_id: str) -> ReviewState:
    """Turn to another team: its figures are others, and so is what they are looked at for."""
    if team_id == state.team_id:
        return state
    empty = BlockState()
    return replace(
        state,
        team_id=team_id,
        reason=None,
        reason_note="",
        team=None,
        team_block=empty,
        agent=None,
        person=None,
        person_block=empty,
        export=ExportStatus.NONE,
    )
