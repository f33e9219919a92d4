"""The command `nba-desktop backend replay`: a logged campaign through the product's own decide → response → learn path.

Each row is decided by what was learnt from the rows before it, with the product's defaults. Where the log tried
several actions at random, a row counts only when the action that was logged is the one that would have been chosen;
the mean response of those rows is what the product would have achieved (Li et al. 2011, replay). Where the log knows
one action, its probability is predicted first and its response learnt afterwards.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from nba_desktop.backend.analysis.calibration import auc, auc_within, expected_calibration_error, log_loss
from nba_desktop.backend.analysis.replay_file import ReplayRows, read_rows
from nba_desktop.backend.analysis.replay_mapping import MappingEntry, check_columns, load_mapping
from nba_desktop.backend.arrays import FloatArray, Places
from nba_desktop.backend.decisioning.learning.factory import make_model
from nba_desktop.backend.decisioning.learning.labels import final_label
from nba_desktop.backend.decisioning.learning.protocols import Example
from nba_desktop.backend.decisioning.learning.settings import LearningSettings
from nba_desktop.backend.decisioning.ranking import PriorityTable, top
from nba_desktop.backend.errors import BackendError
from nba_desktop.contract.codes import ResponseCode

SEED: Final = 20260101
_LAST_SHARE: Final = 0.3
_START: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PassReport:
    """One pass over the file; figures that need both labels, or periods, are None where those are missing.

    `counted` rows had the action that was chosen; every figure is over them. `within_auc` is the AUC inside each
    period, weighted by its rows; `last_auc` is that of the last 30 % of the counted rows.
    """

    rows: int
    counted: int
    rate: float
    log_loss: float
    auc: float | None
    last_auc: float | None
    within_auc: float | None
    ece: float
    shares: dict[str, float]
    rows_per_s: float


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """All passes over a file, and what they are held against.

    `logged_rate` is the mean response of the log, `best_fixed` that of its best single action. `shuffled_within_auc`
    is `within_auc` of one more pass with the labels shuffled inside each period: about .5, or something leaks.
    """

    about: str
    settings: LearningSettings
    passes: tuple[PassReport, ...]
    mean_rate: float
    worst_rate: float
    logged_rate: float
    best_fixed: float
    shuffled_within_auc: float | None


def replay(
    data: Path,
    mapping: Path,
    *,
    orders: int = 1,
    seed: int = SEED,
    settings: LearningSettings | None = None,
) -> ReplayReport:
    """Replay the file at `data` as `mapping` declares it.

    Rows in no order are replayed in `orders` random ones, of `seed` and the numbers after it; rows in time order are
    replayed once. Raises `CatalogueErrors` for the mapping and `EvaluationError` for the data.
    """
    entry, document = load_mapping(mapping)
    rows = read_rows(data, entry, lambda header: check_columns(entry, document, header, data.name))
    used = settings or LearningSettings()
    in_order = np.arange(len(rows.labels))
    passes: list[PassReport] = []
    if entry.time.order == "none":
        for number in range(orders):
            order = np.random.default_rng(seed + number).permutation(in_order)
            passes.append(_pass(entry, rows, order, rows.labels, used, seed + number))
    else:
        passes.append(_pass(entry, rows, in_order, rows.labels, used, seed))
    shuffled: float | None = None
    if rows.periods is not None:
        mixed = _shuffled_within(rows.labels, rows.periods, np.random.default_rng(seed))
        shuffled = _pass(entry, rows, in_order, mixed, used, seed).within_auc
    by_action = [float(rows.labels[rows.actions == one].mean()) for one in np.unique(rows.actions)]
    rates = [one.rate for one in passes]
    return ReplayReport(
        about=entry.about,
        settings=used,
        passes=tuple(passes),
        mean_rate=statistics.fmean(rates),
        worst_rate=min(rates),
        logged_rate=float(rows.labels.mean()),
        best_fixed=max(by_action),
        shuffled_within_auc=shuffled,
    )


def _pass(
    entry: MappingEntry,
    rows: ReplayRows,
    order: Places,
    labels: FloatArray,
    settings: LearningSettings,
    seed: int,
) -> PassReport:
    model = make_model(settings, [one.traits() for one in entry.actions], [one.feature() for one in entry.features])
    rng = np.random.default_rng(seed)
    actions = len(model.actions)
    ranking = PriorityTable(np.ones(actions), np.ones(actions), {})
    allowed = np.ones(actions, dtype=np.bool_)
    moments = _moments(entry, rows, order)
    counted: list[int] = []
    predicted: list[float] = []
    chosen = np.zeros(actions)
    began = time.process_time()
    for place, row in enumerate(order.tolist()):
        values = rows.values[row]
        propensities = model.propensities(values)
        drawn = propensities.draws(rng, 1, settings.exploration)[0]
        best = top(ranking.priorities(drawn, None), allowed, 1)[0]
        chosen[best] += 1
        if best != rows.actions[row]:
            continue
        counted.append(row)
        predicted.append(float(propensities.means[best]))
        code = ResponseCode.ACCEPTED_DONE if labels[row] else ResponseCode.DECLINED_NO_NEED
        label = final_label([code])
        if label is None:
            continue
        example = Example(model.actions[best], values, label.accepted, moments[place], label.weight)
        update = model.update_for(example, ())
        if update is not None:
            model.apply(update)
    took = time.process_time() - began
    truth, guess = labels[counted], np.array(predicted)
    last = len(counted) - int(len(counted) * _LAST_SHARE)
    return PassReport(
        rows=len(order),
        counted=len(counted),
        rate=float(truth.mean()),
        log_loss=log_loss(truth, guess),
        auc=auc(truth, guess),
        last_auc=auc(truth[last:], guess[last:]),
        within_auc=None if rows.periods is None else auc_within(truth, guess, rows.periods[counted]),
        ece=expected_calibration_error(truth, guess),
        shares={name: float(share) for name, share in zip(model.actions, chosen / len(order), strict=True)},
        rows_per_s=len(order) / took,
    )


def _moments(entry: MappingEntry, rows: ReplayRows, order: Places) -> Sequence[datetime]:
    """The moment of each place in the order: that of the row, or spread evenly over the days the file covers."""
    if rows.moments is not None:
        return [rows.moments[row] for row in order.tolist()]
    step = timedelta(days=(entry.time.span_days or 0) / len(order))
    return [_START + step * place for place in range(len(order))]


def _shuffled_within(labels: FloatArray, periods: Places, rng: np.random.Generator) -> FloatArray:
    mixed = labels.copy()
    for period in np.unique(periods):
        inside = np.flatnonzero(periods == period)
        mixed[inside] = rng.permutation(mixed[inside])
    return mixed


def as_table(report: ReplayReport) -> str:
    """Return the report for a person."""
    first = report.passes[0]
    rows = first.rows
    lines = [
        report.about,
        f"  {'passes, rows, rows that count (mean)':<44} {len(report.passes)}, {rows}, "
        f"{statistics.fmean(one.counted for one in report.passes):.0f}",
        f"  {'response of the log, of its best action':<44} {report.logged_rate:.4f}, {report.best_fixed:.4f}",
        f"  {'response of the product: mean, worst':<44} {report.mean_rate:.4f}, {report.worst_rate:.4f}",
        f"  {'log-loss (mean of the passes)':<44} {statistics.fmean(one.log_loss for one in report.passes):.4f}",
        f"  {'calibration error, ten bins':<44} {statistics.fmean(one.ece for one in report.passes):.4f}",
        f"  {'AUC, of the last 30 %':<44} {_figure(first.auc)}, {_figure(first.last_auc)}",
    ]
    if first.within_auc is not None:
        lines.append(
            f"  {'AUC inside the periods, with shuffled labels':<44} {_figure(first.within_auc)}, "
            f"{_figure(report.shuffled_within_auc)}"
        )
    lines += [f"  {'chosen: ' + name:<44} {share:.1%}" for name, share in first.shares.items()]
    lines.append(f"  {'rows a second, one core':<44} {statistics.fmean(one.rows_per_s for one in report.passes):.0f}")
    return "\n".join(lines)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `nba-desktop backend replay`."""
    parser.add_argument("--data", type=Path, required=True, metavar="FILE", help="the log, CSV, also .xz or .gz")
    parser.add_argument("--mapping", type=Path, required=True, metavar="FILE", help="what its columns mean, YAML")
    parser.add_argument("--mode", choices=("bayes", "beta", "fixed"), default="bayes", help="default: %(default)s")
    parser.add_argument("--orders", type=int, default=1, help="random orders of rows without time order")
    parser.add_argument("--seed", type=int, default=SEED, help="of orders and draws (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print one line of JSON instead of the table")


def run(args: argparse.Namespace) -> int:
    """Replay and print; 2 when the mapping or the data cannot be used."""
    if args.orders < 1:
        sys.stderr.write("--orders is at least 1\n")
        return 2
    try:
        report = replay(
            args.data, args.mapping, orders=args.orders, seed=args.seed, settings=LearningSettings(mode=args.mode)
        )
    except BackendError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    text = json.dumps(asdict(report), ensure_ascii=False) if args.json else as_table(report)
    sys.stdout.write(text + "\n")
    return 0
