"""One action over all teams, as whoever answers for it sees it: no person, and nothing of too few agents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import numpy as np

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.errors import NotFound
from nba_desktop.backend.ports import Store
from nba_desktop.backend.review.asking import Asking, Question
from nba_desktop.backend.review.catching_up import CatchingUp
from nba_desktop.backend.review.counting import Sieve
from nba_desktop.backend.review.drilling import funnel_of, objection_rows_of_all, reasons_of
from nba_desktop.backend.review.experiment import arm_rows
from nba_desktop.backend.review.figures import figures_of_actions
from nba_desktop.backend.review.over_teams import count_over_teams
from nba_desktop.backend.review.rules import check_on, mode_now, whole_weeks
from nba_desktop.backend.review.words import CatalogueWords
from nba_desktop.contract.base import Language
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

    def review(self, action_id: str, asked: ActionAsked, language: Language) -> ActionReview:
        """Return the review of an action; raises the `Refused` that says why not."""
        self._catching_up.run()
        with self._store.read() as unit:
            catalogue = self._catalogues.in_force(unit).live
            today = self._clock().astimezone(catalogue.zone).date()
            check_on(mode_now(unit.review_log.modes(), today))
        words, rules = CatalogueWords(catalogue, language), catalogue.entry.review
        sieve = Sieve(action_id, asked.queue, asked.concern)
        period = whole_weeks(asked.period)
        over = count_over_teams(self._asking, Question(None, period, sieve, persons=False), rules, today)
        counted = over.counted
        names = counted.counts.names.actions
        if action_id not in names and words.kind(action_id) is None:
            raise NotFound("the catalogue has no action by that id, and none was recommended in that time")
        shown = counted.protected.group(sieve)
        figures = Figures(calls=0, opportunities=0)
        if action_id in names:
            every = np.full(len(names), shown)
            figures = figures_of_actions(counted.counts, every, rules.least_group)[names.index(action_id)]
        head = ActionReview(
            action_id=action_id,
            title=words.action(action_id),
            kind=words.kind(action_id),
            period=period,
            counted_until=self._catching_up.counted_until(),
            figures=figures,
            left_out_teams=over.left_out,
        )
        if not shown:
            return head
        details = counted.details()
        mature = [(one.counted, one.segment) for one in counted.weeks if one.mature]
        return head.model_copy(
            update={
                "funnel": funnel_of(counted.counts, least_group=rules.least_group),
                "objections": objection_rows_of_all(details, words, rules.least_group),
                "not_addressed": reasons_of(details.not_addressed, rules.least_group),
                "declined": reasons_of(details.declines, rules.least_group),
                "arms": arm_rows(mature, action_id, sieve, period.first, rules.least_group),
            }
        )
