"""What a page of the review says of what was counted: the group, its agents, its actions, and one agent in full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypedDict

import numpy as np

from nba_desktop.backend.decisioning.entries.site import ReviewEntry
from nba_desktop.backend.review.asking import Counted
from nba_desktop.backend.review.comparing import TOO_FEW, comparisons
from nba_desktop.backend.review.drilling import funnel_of, objection_rows, reasons_of
from nba_desktop.backend.review.figures import (
    HIDDEN,
    figures_of_actions,
    figures_of_agents,
    figures_of_all,
    figures_of_one,
)
from nba_desktop.backend.review.words import CatalogueWords
from nba_desktop.contract.review import ActionRow, AgentRow, Figures, Funnel, ObjectionRow, Period, Reasons

_NONE: Final = Figures(calls=0, opportunities=0)


class AgentPage(TypedDict):
    """What an agent's page says of him; of one who is not shown it is his row alone."""

    row: AgentRow
    actions: tuple[ActionRow, ...]
    funnel: Funnel
    objections: tuple[ObjectionRow, ...]
    not_addressed: Reasons


def group_total(counted: Counted, least_group: int) -> Figures:
    """Return the figures of all that is shown together; where nothing of what there is may be shown, nothing."""
    counts = counted.together()
    if not counts.calls["calls"].any():
        return HIDDEN if counted.occurs else _NONE
    return figures_of_all(counts, counted.question.sieve.action_id is not None, counted.crowd(least_group))


def group_action_rows(counted: Counted, words: CatalogueWords, least_group: int) -> tuple[ActionRow, ...]:
    """Return the line of each action, of what its own filter shows."""
    shown = np.logical_or.reduce(counted.kept_of.together, axis=0, initial=False)
    figures = figures_of_actions(counted.actions_together(), shown, counted.crowd_of_actions(least_group))
    return tuple(
        _action_row(one, figures[place], words)
        for place, one in enumerate(counted.prepared.names.actions)
        if counted.question.sieve.action_id in (None, one)
    )


def agent_rows(counted: Counted, names: Mapping[str, str], least_group: int) -> tuple[AgentRow, ...]:
    """Return the line of each agent with calls in the period, by name; `names` are those of pseudonyms."""
    agents, counts = counted.prepared.agents, counted.by_agent()
    spans = counted.spans_of(counted.kept.alone)
    shown = np.array([one in spans for one in agents], dtype=np.bool_)
    figures = figures_of_agents(counts, counted.question.sieve.action_id is not None, shown)
    compared = comparisons(counted.chances_by_agent(), shown, least_group)
    rows = (
        AgentRow(
            agent=agent,
            name=names.get(agent, ""),
            figures=figures[place],
            comparison=compared[place],
            counted=spans.get(agent, ()),
        )
        for place, agent in enumerate(agents)
    )
    return tuple(sorted(rows, key=lambda row: row.place))


def agent_page(
    counted: Counted, agent: str, names: Mapping[str, str], words: CatalogueWords, rules: ReviewEntry
) -> AgentPage:
    """Return everything of one agent."""
    rows = {row.agent: row for row in agent_rows(counted, names, rules.least_group)}
    row = rows.get(agent, AgentRow(agent=agent, name=names.get(agent, ""), figures=HIDDEN, comparison=TOO_FEW))
    if row.figures is HIDDEN:
        return AgentPage(row=row, actions=(), funnel=Funnel(), objections=(), not_addressed=Reasons())
    place = counted.prepared.agents.index(agent)
    details = counted.details_by_agent(rules.least_group)
    return AgentPage(
        row=row,
        actions=_own_actions(counted, agent, place, words),
        funnel=funnel_of(counted.by_agent(), place),
        objections=objection_rows(details, words, place, rules.least_group),
        not_addressed=reasons_of(details.not_addressed[place]),
    )


def _own_actions(counted: Counted, agent: str, place: int, words: CatalogueWords) -> tuple[ActionRow, ...]:
    """One agent's line of each action: what the filter of the action shows of him."""
    figures = figures_of_one(counted.actions_of(place))
    rows = []
    for number, one in enumerate(counted.prepared.names.actions):
        if counted.question.sieve.action_id in (None, one):
            spans = counted.spans_of(counted.kept_of.alone[:, number])
            shown = agent in spans
            rows.append(_action_row(one, figures[number] if shown else HIDDEN, words, spans.get(agent, ())))
    return tuple(rows)


def _action_row(action_id: str, figures: Figures, words: CatalogueWords, counted: tuple[Period, ...] = ()) -> ActionRow:
    return ActionRow(
        action_id=action_id,
        title=words.action(action_id),
        kind=words.kind(action_id),
        figures=figures,
        counted=counted,
    )
