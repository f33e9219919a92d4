"""One action over all teams, as whoever answers for it sees it: no person, and nothing of too few agents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import numpy as np

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.errors import NotFound
from nba_desktop.backend.ports.unit import Store
from nba_desktop.backend.review.asking import Asking, Question
from nba_desktop.backend.review.catching_up import CatchingUp
from nba_desktop.backend.review.counts import Sieve
from nba_desktop.backend.review.drilling import funnel_of_all, objection_rows_of_all, reasons_of_all
from nba_desktop.backend.review.experiment import arm_rows
from nba_desktop.backend.review.figures import HIDDEN, figures_of_actions
from nba_desktop.backend.review.rules import check_on, mode_now
from nba_desktop.backend.review.words import CatalogueWords
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ReviewMode, Role
from nba_desktop.contract.review import ActionAsked, ActionReview, Figures


class ActionReviewService:
    """Answers action owners."""

    def __init__(
        self,
        store: Store,
        catalogues: LiveCatalogues,
        catching_up: CatchingUp,
        asking: Asking,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._catalogues = catalogues
        self._catching_up = catching_up
        self._asking = asking
        self._clock = clock

    def review(self, caller: Caller, action_id: str, asked: ActionAsked, language: Language) -> ActionReview:
        """Return the review of an action; raises the `Refused` that says why not."""
        self._catching_up.run()
        with self._store.read() as unit:
            catalogue = self._catalogues.in_force(unit).live
            today = self._clock().astimezone(catalogue.zone).date()
            mode = mode_now(unit.review_log.modes(), today)
            check_on(mode)
            led = frozenset(one.team_id for one in unit.teams.all() if caller.agent_id in one.leads)
        words, rules = CatalogueWords(catalogue, language), catalogue.entry.review
        # Of his own teams a lead sees persons: with them he may be told no more than his teams' pages tell.
        persons = led if mode.mode is ReviewMode.COACHING and Role.TEAM_LEAD in caller.roles else frozenset[str]()
        question = Question(None, asked.period, Sieve(action_id, asked.queue, asked.concern), persons)
        counted = self._asking.count(question, rules, today)
        names = counted.prepared.names.actions
        if action_id not in names and words.kind(action_id) is None:
            raise NotFound("the catalogue has no action by that id, and none was recommended in that time")
        crowd, counts = counted.crowd(rules.least_group), counted.together()
        shown = bool(counted.kept.together.any())
        figures = HIDDEN if counted.occurs else Figures(calls=0, opportunities=0)
        if shown:
            every = figures_of_actions(counted.its_action_together(), np.full(len(names), shown), crowd)
            figures = every[names.index(action_id)]
        head = ActionReview(
            action_id=action_id,
            title=words.action(action_id),
            kind=words.kind(action_id),
            period=counted.prepared.span.period,
            counted_until=self._catching_up.counted_until(),
            figures=figures,
            left_out_teams=counted.left_out_teams() if counted.occurs else 0,
        )
        if not shown:
            return head
        details = counted.details_together()
        met = counted.crowd_of_objections(rules.least_group)
        groups = self._asking.count(replace(question, persons=frozenset()), rules, today)
        return head.model_copy(
            update={
                "funnel": funnel_of_all(counts, crowd),
                "objections": objection_rows_of_all(details, words, met),
                "not_addressed": reasons_of_all(details.not_addressed, crowd),
                "declined": reasons_of_all(details.declines, crowd),
                "arms": arm_rows(groups, action_id, rules.least_group),
            }
        )
