"""What every rule of every action costs, over many customers at once; needs polars.

Conditions are evaluated as columns, a block of customers at a time, so that memory does not grow with their number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from nba_desktop.backend.analysis.obstacles import Obstacle
from nba_desktop.backend.arrays import BoolArray
from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.catalogue import Action, Catalogue
from nba_desktop.backend.decisioning.conditions import Condition
from nba_desktop.backend.decisioning.conditions.polars_code import columns_of, to_polars
from nba_desktop.backend.decisioning.entries.rules import RuleEntry
from nba_desktop.contract.codes import Stage

_BLOCK: Final = 5000
_ROW: Final = "row number"
"""The column that gives a block its height; no attribute's name has a space, no query's either."""


class RuleOf(NamedTuple):
    """A rule by whose it is (`group/…`, `action/…`, empty for a built-in one), stage and name."""

    owner: str
    stage: Stage
    rule: str


class RuleAt(NamedTuple):
    """A rule as one action meets it."""

    action_id: str
    of: RuleOf


@dataclass(slots=True)
class RuleCounts:
    """Customers for whom each rule fails, because a value is missing, and as the only one.

    `blocks` and `wins_back` count customers without any candidate: for whom the rule fails at some action, and who
    would have a candidate without it.
    """

    fails: Counter[RuleAt] = field(default_factory=Counter)
    unknown: Counter[RuleAt] = field(default_factory=Counter)
    only: Counter[RuleAt] = field(default_factory=Counter)
    blocks: Counter[RuleOf] = field(default_factory=Counter)
    wins_back: Counter[RuleOf] = field(default_factory=Counter)


class RuleCosts:
    """Counts for one catalogue; `counts` is complete after `finish`."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._actions = catalogue.actions
        conditions: dict[str, Condition] = {
            rule.condition.source: rule.condition for action in catalogue.actions for _, rule in action.rules
        }
        self._at = {source: place for place, source in enumerate(conditions)}
        self._expressions = [to_polars(one) for one in conditions.values()]
        self._types: dict[str, pl.DataType] = {}
        for one in conditions.values():
            self._types |= columns_of(one, catalogue.schema)
        self._inputs: list[Mapping[str, Value]] = []
        self._obstacles: list[Sequence[Obstacle]] = []
        self.counts = RuleCounts()
        for action in catalogue.actions:
            for stage, rule in action.rules:
                # A rule that never fails is in the table, too.
                self.counts.fails[RuleAt(action.action_id, RuleOf(owner(action, rule.entry), stage, rule.entry.id))] = 0

    def add(self, inputs: Mapping[str, Value], obstacles: Sequence[Obstacle]) -> None:
        """Count one customer: the values of the decision, and what besides rules stands in the way."""
        self._inputs.append(inputs)
        self._obstacles.append(obstacles)
        if len(self._inputs) >= _BLOCK:
            self.finish()

    def finish(self) -> None:
        """Count what was added and not counted yet."""
        if not self._inputs:
            return
        truths, unknown = self._answers()
        built_in = self._built_in()
        total = np.zeros((len(self._inputs), len(self._actions)), dtype=np.int16)
        for (_, place), fails in built_in.items():
            total[:, place] += fails
        failing: list[tuple[int, RuleAt, BoolArray]] = []
        for place, action in enumerate(self._actions):
            for at, column, required in self._rules(action):
                fails = truths[:, column] != required
                total[:, place] += fails
                failing.append((place, at, fails))
                if required:
                    self.counts.unknown[at] += int(unknown[:, column].sum())
        for (of, place), fails in built_in.items():
            failing.append((place, RuleAt(self._actions[place].action_id, of), fails))
        self._count(total, failing)
        self._inputs, self._obstacles = [], []

    def _count(self, total: npt.NDArray[np.int16], failing: list[tuple[int, RuleAt, BoolArray]]) -> None:
        counts = self.counts
        empty = ~(total == 0).any(axis=1)
        blocked: dict[RuleOf, BoolArray] = defaultdict(lambda: np.zeros(len(total), dtype=np.bool_))
        won_back: dict[RuleOf, BoolArray] = defaultdict(lambda: np.zeros(len(total), dtype=np.bool_))
        for place, at, fails in failing:
            only = fails & (total[:, place] == 1)
            counts.fails[at] += int(fails.sum())
            counts.only[at] += int(only.sum())
            blocked[at.of] |= fails & empty
            won_back[at.of] |= only & empty
        for of, customers in blocked.items():
            counts.blocks[of] += int(customers.sum())
            counts.wins_back[of] += int(won_back[of].sum())

    def _answers(self) -> tuple[BoolArray, BoolArray]:
        """Whether each condition is true, and whether it is unknown, (customers, conditions)."""
        height = len(self._inputs)
        columns: dict[str, Any] = {_ROW: pl.arange(height, eager=True)}
        for key, kind in self._types.items():
            columns[key] = pl.Series(key, [one.get(key) for one in self._inputs], dtype=kind, strict=False)
        if not self._expressions:
            return np.zeros((height, 0), dtype=np.bool_), np.zeros((height, 0), dtype=np.bool_)
        answers = pl.DataFrame(columns).select(one.alias(str(place)) for place, one in enumerate(self._expressions))
        return (
            answers.select(pl.all().fill_null(False)).to_numpy().astype(np.bool_),
            answers.select(pl.all().is_null()).to_numpy().astype(np.bool_),
        )

    def _built_in(self) -> dict[tuple[RuleOf, int], BoolArray]:
        found: dict[tuple[RuleOf, int], BoolArray] = defaultdict(lambda: np.zeros(len(self._obstacles), dtype=np.bool_))
        for row, obstacles in enumerate(self._obstacles):
            for one in obstacles:
                found[RuleOf("", one.stage, one.rule), one.place][row] = True
        return found

    def _rules(self, action: Action) -> Iterator[tuple[RuleAt, int, bool]]:
        """The action's rules, where their conditions stand, and which answer lets pass."""
        for stage, rule in action.rules:
            of = RuleOf(owner(action, rule.entry), stage, rule.entry.id)
            yield RuleAt(action.action_id, of), self._at[rule.condition.source], rule.required


def owner(action: Action, rule: RuleEntry) -> str:
    """Whose rule it is: the group's or the action's own."""
    in_group = any(rule is one for one in action.group.rules)
    return f"group/{action.group.id}" if in_group else f"action/{action.action_id}"
