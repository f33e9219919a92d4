"""The review: what a lead or an agent chooses goes out as a question, and its answer into the one state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, Protocol

from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ReviewReason
from nba_desktop.contract.review import (
    AgentAsked,
    AgentReview,
    ExportAsked,
    NoteWritten,
    OwnAsked,
    OwnReview,
    Period,
    ReviewChoices,
    ReviewFilter,
    TeamAsked,
    TeamReview,
)
from nba_desktop.domain.blocks import BlockState, BlockStatus
from nba_desktop.domain.errors import BackendMismatch, PanelError
from nba_desktop.domain.ports import Tasks
from nba_desktop.domain.review import (
    ExportStatus,
    ReviewState,
    View,
    asked_of_actions,
    with_choices,
    with_filter,
    with_team,
)
from nba_desktop.session.action_reviewing import ActionBackend, ActionReviewing
from nba_desktop.session.own_log_reviewing import OwnLogBackend, OwnLogReviewing
from nba_desktop.session.site_reviewing import SiteBackend, SiteReviewing

ExportFormat = Literal["csv", "xlsx", "pdf"]
_LOADING = BlockState(BlockStatus.LOADING)
_READY = BlockState(BlockStatus.READY)


class ReviewBackend(SiteBackend, ActionBackend, OwnLogBackend, Protocol):
    """The backend as the review asks it; every method blocks and raises `BackendError`."""

    def choices(self) -> ReviewChoices: ...

    def team(self, asked: TeamAsked) -> TeamReview: ...

    def agent(self, asked: AgentAsked) -> AgentReview: ...

    def own(self, asked: OwnAsked) -> OwnReview: ...

    def write_note(self, note: NoteWritten) -> None: ...

    def export(self, asked: ExportAsked) -> bytes: ...


class Reviewing:
    """Holds the state of one review; `show` is told of every change, on the thread of the callbacks.

    With `own` it is the page of the agent whose token the backend is asked with. An answer that comes after something
    newer was asked is dropped.
    """

    def __init__(
        self, backend: ReviewBackend, tasks: Tasks, show: Callable[[ReviewState], None], own: bool = False
    ) -> None:
        self._backend = backend
        self._tasks = tasks
        self._show = show
        self._asked_team = self._asked_person = 0
        self.state = ReviewState(own=own)
        self.site = SiteReviewing(backend, tasks, lambda site: self._set(replace(self.state, site=site)))
        self.actions = ActionReviewing(backend, tasks, lambda actions: self._set(replace(self.state, actions=actions)))
        self.own_log = OwnLogReviewing(backend, tasks, lambda log: self._set(replace(self.state, own_log=log)))

    def start(self) -> None:
        """Ask what can be reviewed; what needs no reason is asked for as soon as that is known."""
        self._set(replace(self.state, choices_block=_LOADING, blocked=None))
        self._tasks.run(self._backend.choices, self._on_choices, self._on_no_choices)

    def open_view(self, view: View) -> None:
        """Turn to another page; what is on the others stays."""
        if view is not View.SITE:
            self.site.close()
        if view is not View.ACTIONS:
            self.actions.close()
        if view is not View.OWN_LOG:
            self.own_log.close()
        if view is View.SITE:
            self.site.open()
        elif view is View.OWN_LOG:
            self.own_log.open()
        elif view is View.ACTIONS:
            self.open_actions()

    def open_actions(self, action_id: str | None = None) -> None:
        """Turn to the actions over all teams, and with `action_id` to one of them: over the calls chosen last."""
        if not self.state.may_see_actions:
            return
        if self.state.view is View.ACTIONS and action_id is not None:
            self.actions.choose_action(action_id)
            return
        self.site.close()
        chosen = self.state.filter
        self.actions.open(None if chosen is None else asked_of_actions(chosen), action_id)

    def choose_team(self, team_id: str) -> None:
        """Turn to another team, whose figures need a reason of their own."""
        self._asked_team += 1
        self._asked_person += 1
        self._set(with_team(self.state, team_id))

    def give_reason(self, reason: ReviewReason, note: str) -> None:
        """Say what the figures are looked at for, and look."""
        self._set(replace(self.state, reason=reason, reason_note=note.strip()))
        self._ask()

    def choose_period(self, period: Period) -> None:
        """Count the calls of other days."""
        self._filter({"period": period})

    def choose_action(self, action_id: str | None) -> None:
        """Count one action alone, or all."""
        self._filter({"action_id": action_id})

    def choose_queue(self, queue: str | None) -> None:
        """Count the calls of one queue alone, or of all."""
        self._filter({"queue": queue})

    def choose_concern(self, concern: str | None) -> None:
        """Count the calls for one contact reason alone, or for all."""
        self._filter({"concern": concern})

    def open_agent(self, agent: str) -> None:
        """Look at one agent of the team."""
        if agent != self.state.agent:
            self._set(replace(self.state, agent=agent, person=None, note_failure=None))
        self._ask_person()

    def close_agent(self) -> None:
        """Look at the whole team again."""
        self._asked_person += 1
        self._set(replace(self.state, agent=None, person=None, person_block=BlockState()))

    def retry(self) -> None:
        """Ask again for what failed."""
        if self.state.view is View.SITE:
            self.site.ask()
        elif self.state.view is View.ACTIONS:
            self.actions.ask()
        elif self.state.view is View.OWN_LOG:
            self.own_log.ask()
        elif self.state.choices_block.status is BlockStatus.FAILED:
            self.start()
        else:
            self._ask()

    def write_note(self, text: str) -> None:
        """Leave a line for lead and agent, and show it where it stands."""
        state = self.state
        if not text.strip() or (not state.own and state.agent is None):
            return
        note = NoteWritten(note_id=new_id(), agent=None if state.own else state.agent, text=text.strip())
        self._tasks.run(
            lambda: self._backend.write_note(note),
            lambda _: self._on_note(),
            lambda error: self._set(replace(self.state, note_failure=error.code)),
        )

    def export(self, form: ExportFormat, save: Callable[[bytes], None]) -> None:
        """Have what is on the screen as a file; `save` runs in the background and may raise a `PanelError`."""
        state = self.state
        if state.team_id is None or state.filter is None or state.reason is None:
            return
        asked = ExportAsked(
            team_id=state.team_id,
            filter=state.filter,
            reason=state.reason,
            note=state.reason_note,
            format=form,
            agent=state.agent,
        )
        self._set(replace(state, export=ExportStatus.RUNNING))
        self._tasks.run(
            lambda: save(self._backend.export(asked)),
            lambda _: self._set(replace(self.state, export=ExportStatus.SAVED)),
            lambda _: self._set(replace(self.state, export=ExportStatus.FAILED)),
        )

    def print_page(self, put_on_paper: Callable[[], None]) -> None:
        """Have the page that is shown printed; of a team only once it is written down, as a file would be.

        `put_on_paper` runs where the state is told.
        """
        state = self.state
        if not state.may_print:
            return
        if state.own or state.view is not View.TEAM:
            # Looking at it is not written down either.
            put_on_paper()
            return
        if state.team is None or state.reason is None:
            return
        head = state.team.head
        # The smallest of the files: asking for it writes the look down, and is refused where nothing may leave.
        of_team = ExportAsked(
            team_id=head.team_id, filter=head.filter, reason=state.reason, note=state.reason_note, format="csv"
        )
        asked = [of_team]
        if state.person is not None:
            asked.append(of_team.model_copy(update={"agent": state.person.row.agent}))
        self._set(replace(state, export=ExportStatus.PRINTING))

        def on_written(_: list[bytes]) -> None:
            put_on_paper()
            self._set(replace(self.state, export=ExportStatus.PRINTED))

        self._tasks.run(
            lambda: [self._backend.export(one) for one in asked],
            on_written,
            lambda _: self._set(replace(self.state, export=ExportStatus.NOT_PRINTED)),
        )

    def _filter(self, change: dict[str, object]) -> None:
        if self.state.filter is None:
            return
        chosen = ReviewFilter.model_validate({**self.state.filter.model_dump(), **change})
        if chosen != self.state.filter:
            self._set(with_filter(self.state, chosen))
            self._ask()

    def _ask(self) -> None:
        if self.state.own:
            self._ask_own()
        elif self.state.reason is not None:
            self._ask_team()
            if self.state.agent is not None:
                self._ask_person()

    def _ask_team(self) -> None:
        state = self.state
        if state.team_id is None or state.filter is None or state.reason is None:
            return
        self._asked_team += 1
        number = self._asked_team
        asked = TeamAsked(team_id=state.team_id, filter=state.filter, reason=state.reason, note=state.reason_note)
        self._set(replace(state, team_block=_LOADING, export=ExportStatus.NONE))
        self._tasks.run(
            lambda: self._backend.team(asked),
            lambda team: self._on_team(number, team),
            lambda error: self._on_team_failed(number, error),
        )

    def _ask_person(self) -> None:
        state = self.state
        if state.team_id is None or state.filter is None or state.reason is None or state.agent is None:
            return
        self._asked_person += 1
        number = self._asked_person
        asked = AgentAsked(
            team_id=state.team_id,
            filter=state.filter,
            reason=state.reason,
            note=state.reason_note,
            agent=state.agent,
        )
        self._set(replace(state, person_block=_LOADING))
        self._tasks.run(
            lambda: self._backend.agent(asked),
            lambda person: self._on_person(number, person),
            lambda error: self._on_person_failed(number, error),
        )

    def _ask_own(self) -> None:
        if self.state.filter is None:
            return
        self._asked_person += 1
        number = self._asked_person
        asked = OwnAsked(filter=self.state.filter)
        self._set(replace(self.state, person_block=_LOADING))
        self._tasks.run(
            lambda: self._backend.own(asked),
            lambda own: self._on_own(number, own),
            lambda error: self._on_person_failed(number, error),
        )

    def _on_choices(self, choices: ReviewChoices) -> None:
        self._set(with_choices(self.state, choices))
        if not choices.teams:
            # Who leads no team is shown what there is for him at once.
            self.open_view(self.state.views[0])
        self._ask()

    def _on_team(self, number: int, team: TeamReview) -> None:
        if number == self._asked_team:
            self._set(replace(self.state, team=team, team_block=_READY))

    def _on_no_choices(self, error: PanelError) -> None:
        blocked = error.blocked if isinstance(error, BackendMismatch) else None
        self._set(replace(self.state, choices_block=_failed(error), blocked=blocked))

    def _on_team_failed(self, number: int, error: PanelError) -> None:
        if number == self._asked_team:
            self._set(replace(self.state, team_block=_failed(error)))

    def _on_person(self, number: int, person: AgentReview) -> None:
        if number == self._asked_person:
            self._set(replace(self.state, person=person, person_block=_READY))

    def _on_own(self, number: int, own: OwnReview) -> None:
        if number == self._asked_person:
            self._set(replace(self.state, person=own.review, accesses=own.accesses, person_block=_READY))

    def _on_person_failed(self, number: int, error: PanelError) -> None:
        if number == self._asked_person:
            self._set(replace(self.state, person_block=_failed(error)))

    def _on_note(self) -> None:
        self._set(replace(self.state, note_failure=None))
        if self.state.own:
            self._ask_own()
        else:
            self._ask_person()

    def _set(self, state: ReviewState) -> None:
        if state != self.state:
            self.state = state
            self._show(state)


def _failed(error: PanelError) -> BlockState:
    return BlockState(BlockStatus.FAILED, error.code)
