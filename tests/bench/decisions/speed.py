"""The product's speed beside its rivals': ranking, conditions and learning, in CPU time of one core.

Short blocks of the product and of the rivals alternate in one run, so that whatever else the machine does hits both.
Times are medians over the rounds, and how many times faster is the median of what it was in each round.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from operator import truediv
from typing import Any, Final

import numpy as np
import polars as pl

from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.conditions import fuse, parse_condition
from nba_desktop.backend.decisioning.conditions.polars_code import to_polars
from nba_desktop.backend.decisioning.learning.factory import make_model
from nba_desktop.backend.decisioning.learning.protocols import Example, LearningModel
from nba_desktop.backend.decisioning.learning.settings import LearningSettings
from nba_desktop.backend.decisioning.learning.traits import ActionTraits
from nba_desktop.backend.decisioning.ranking import PriorityTable, top
from nba_desktop.contract.codes import ActionKind
from tests.bench.decisions.rivals import Rivals
from tests.bench.decisions.samples import (
    as_columns,
    asked_attributes,
    conditions,
    customers,
    featured_customers,
    features,
    in_cel,
)

Customer = dict[str, Value]
Decide = Callable[[Customer], Sequence[Any]]

VOWPAL_WABBIT: Final = "Vowpal Wabbit, text"
LIN_TS: Final = "MABWiser LinTS, 32 columns"
LIN_TS_ONE_HOT: Final = "MABWiser LinTS, words one-hot"
CEL: Final = "cel-expr-python"

ACTIONS: Final = (30, 100, 300)
_SHOWN: Final = 3
_GROUP: Final = 10
_ROUNDS: Final = 25
_MANY: Final = 1_000_000
_START: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
# So many customers a block that it runs for some milliseconds, whoever decides.
_OURS, _VOWPAL_WABBIT, _LIN_TS, _CEL = 200, 20, 2, 100


@dataclass
class Row:
    """One thing measured: what the product takes, in `unit`, and what its rivals take and how many times as much."""

    title: str
    unit: str
    ours: float
    rivals: dict[str, tuple[float, float]] = field(default_factory=dict)


def measure_speed(rivals: Rivals) -> tuple[list[Row], dict[str, float]]:
    """The rows of the table, and the figures by name."""
    rows = [_ranking(rivals, actions) for actions in ACTIONS]
    conditions_row, batch_row = _conditions(rivals)
    learning_row, round_row = _learning()
    hundred = rows[ACTIONS.index(100)]
    figures = {
        "rank100_vs_vw": hundred.rivals[VOWPAL_WABBIT][1],
        # A linear rival tells words apart only by a column for each, which is what the product's own model sees.
        "rank100_vs_lints": hundred.rivals[LIN_TS_ONE_HOT][1],
        "conditions_vs_cel": conditions_row.rivals[CEL][1],
        "learn_per_s": 1_000_000 / learning_row.ours,
    }
    return [*rows, conditions_row, batch_row, learning_row, round_row], figures


def _ranking(rivals: Rivals, actions: int) -> Row:
    """Customer values → features → posterior → one Thompson draw → priority → top 3."""
    declared = features()
    crowd = featured_customers(declared, _OURS, seed=actions)
    model = _taught_model(actions, crowd)
    decide = _ranker(model, actions)
    rivals.prepare("vowpal_wabbit", VOWPAL_WABBIT, actions=actions, customers=crowd[:_VOWPAL_WABBIT])
    for name, one_hot in ((LIN_TS, False), (LIN_TS_ONE_HOT, True)):
        columns = [as_columns(declared, customer, one_hot) for customer in crowd[:_LIN_TS]]
        rivals.prepare("lin_ts", name, actions=actions, customers=columns)
    ours, theirs = _alternate(lambda: _microseconds(decide, crowd), rivals, VOWPAL_WABBIT, LIN_TS, LIN_TS_ONE_HOT)
    return Row(f"top {_SHOWN} of {actions} actions", "µs a decision", ours, theirs)


def _conditions(rivals: Rivals) -> tuple[Row, Row]:
    """100 conditions on one customer, fused; the same on a million customers at once, as columns."""
    schema = asked_attributes()
    sources = conditions(schema, seed=1)
    parsed = [parse_condition(source, schema) for source in sources]
    answer = fuse(parsed)
    crowd = customers(schema, _OURS, seed=2)
    theirs_said = rivals.prepare(
        "cel",
        CEL,
        types={name: attribute.type for name, attribute in schema.items()},
        conditions=[in_cel(source) for source in sources],
        customers=crowd[:_CEL],
    )
    ours_said = [list(answer(customer)) for customer in crowd]
    if ours_said[:_CEL] != theirs_said:
        raise AssertionError("the product and cel-expr-python answer the same conditions differently")
    ours, theirs = _alternate(lambda: _microseconds(answer, crowd), rivals, CEL)
    single = Row(f"{len(sources)} fused conditions", "µs a customer", ours, theirs)

    words = {name: pl.Enum(attribute.choices) for name, attribute in schema.items() if attribute.type == "text"}
    few = pl.DataFrame(crowd, schema_overrides=words)
    frame = few.select(pl.all().sample(_MANY, with_replacement=True, seed=3))
    columns = [to_polars(one).alias(str(number)) for number, one in enumerate(parsed)]
    if [list(row) for row in few.select(columns).iter_rows()] != ours_said:
        raise AssertionError("fused Python and polars answer the same conditions differently")
    walls: list[float] = []
    for _ in range(3):
        started = time.perf_counter()
        frame.lazy().select(columns).collect()
        walls.append(time.perf_counter() - started)
    batch = Row(
        f"the same as columns of {_MANY:,} customers, {pl.thread_pool_size()} threads, elapsed",
        "ns a rule and customer",
        statistics.median(walls) / _MANY / len(columns) * 1e9,
    )
    return single, batch


def _learning() -> tuple[Row, Row]:
    """Responses learnt one after the other; and a whole round of deciding and learning from the answer."""
    actions = 100
    crowd = featured_customers(features(), _OURS, seed=5)
    model = _taught_model(actions, crowd)
    decide = _ranker(model, actions)
    answers = _answers(actions, crowd)
    learnt: list[float] = []
    rounds: list[float] = []
    for _ in range(_ROUNDS):
        started = time.process_time_ns()
        for example in answers:
            _learn(model, example)
        learnt.append(_since(started, answers))
        started = time.process_time_ns()
        for example in answers:
            decide(dict(example.values))
            _learn(model, example)
        rounds.append(_since(started, answers))
    return (
        Row(f"learning from a response, {actions} actions", "µs a response", statistics.median(learnt)),
        Row(f"deciding and learning in turn, {actions} actions", "µs a round", statistics.median(rounds)),
    )


def _taught_model(actions: int, crowd: Sequence[Customer]) -> LearningModel:
    """The product's default model over as many actions, which has seen a response of each customer."""
    kinds = (ActionKind.RETENTION, ActionKind.SALES, ActionKind.SERVICE)
    traits = [
        ActionTraits(f"ACTION_{place}", kinds[place % len(kinds)], f"group_{place // _GROUP}", base_rate=0.2)
        for place in range(actions)
    ]
    model = make_model(LearningSettings(), traits, features())
    for example in _answers(actions, crowd):
        _learn(model, example)
    return model


def _ranker(model: LearningModel, actions: int) -> Decide:
    chance = np.random.default_rng(7)
    table = PriorityTable(values=chance.uniform(0.5, 2, actions), levers=chance.uniform(0.9, 1.2, actions), context={})
    allowed = np.ones(actions, dtype=np.bool_)
    scale = LearningSettings().exploration

    def decide(values: Customer) -> Sequence[int]:
        drawn = model.propensities(values).draws(chance, 1, scale)[0]
        return top(table.priorities(drawn, None), allowed, _SHOWN)

    return decide


def _answers(actions: int, crowd: Sequence[Customer]) -> list[Example]:
    chance = random.Random(11)
    return [
        Example(
            action_id=f"ACTION_{chance.randrange(actions)}",
            values=customer,
            label=float(chance.random() < 0.2),
            at=_START + timedelta(minutes=minute),
        )
        for minute, customer in enumerate(crowd)
    ]


def _learn(model: LearningModel, example: Example) -> None:
    update = model.update_for(example, ())
    if update is None:
        raise AssertionError("the model learns nothing from a response")
    model.apply(update, 1)


def _alternate(ours: Callable[[], float], rivals: Rivals, *names: str) -> tuple[float, dict[str, tuple[float, float]]]:
    """Run the product's block and the rivals' in turn; the product's time, each rival's and how many times as much."""
    gc.collect()
    gc.freeze()
    mine: list[float] = []
    theirs: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(_ROUNDS):
        mine.append(ours())
        for name in names:
            theirs[name].append(rivals.microseconds(name))
    return statistics.median(mine), {
        name: (statistics.median(times), statistics.median(map(truediv, times, mine))) for name, times in theirs.items()
    }


def _microseconds(decide: Decide, crowd: Sequence[Customer]) -> float:
    started = time.process_time_ns()
    for customer in crowd:
        decide(customer)
    return _since(started, crowd)


def _since(started: int, done: Sequence[Any]) -> float:
    return (time.process_time_ns() - started) / len(done) / 1000
