"""The command `nba-desktop backend evaluate`: what other policies would have earned, and what arms achieve."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from nba_desktop.backend.analysis.bandit_file import BanditLog, Columns, read_bandit_file
from nba_desktop.backend.analysis.decision_log import ArmCount, FunnelCount, LoggedDecision, OffPolicyRows
from nba_desktop.backend.analysis.evaluation_text import FileReport, LogReport, Plan, as_json, file_text, log_text
from nba_desktop.backend.analysis.ope import Log, doubly_robust, ips, snips
from nba_desktop.backend.analysis.rewards import fit_rewards
from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.commands.common import add_places
from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.review.statistics.sample_size import sample_size

ReadLog = Callable[[argparse.Namespace], Iterable[LoggedDecision]]

_LEVEL: Final = 0.95


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `evaluate`."""
    source = parser.add_mutually_exclusive_group(required=True)
    add_places(source, ": our own decision log")
    source.add_argument("--file", type=Path, metavar="FILE", help="log of another system: .csv or .csv.xz")
    parser.add_argument("--json", action="store_true", help="one line of JSON instead of tables")
    parser.add_argument("--clip", type=_positive, metavar="W", help="limit weights to W (biased; reported)")

    file = parser.add_argument_group("with --file")
    file.add_argument("--reward", default="reward", metavar="COLUMN", help="what was earned (default: %(default)s)")
    file.add_argument(
        "--propensity",
        default="propensity",
        metavar="COLUMN",
        help="probability with which the logged action was chosen (default: %(default)s)",
    )
    file.add_argument("--action", default="action", metavar="COLUMN", help="what was done (default: %(default)s)")
    file.add_argument("--customer", metavar="COLUMN", help="whose row it is, where customers have several")
    file.add_argument(
        "--context", default=(), type=_names, metavar="COLUMN,…", help="what the reward model of DR may look at"
    )
    target = file.add_mutually_exclusive_group()
    target.add_argument("--target", metavar="COLUMN", help="target policy's probability of the logged action")
    target.add_argument("--target-action", metavar="ACTION", help="the target policy always does this")
    target.add_argument("--target-uniform", action="store_true", help="the target policy does any action (default)")

    log = parser.add_argument_group("with --data")
    log.add_argument("--since", type=_day, metavar="DATE", help="the first day (default: the first decision's)")
    log.add_argument("--until", type=_day, metavar="DATE", help="the last day (default: today)")
    log.add_argument(
        "--base-rate", type=float, default=0.1, metavar="P", help="planned for: acceptance of controls (%(default)s)"
    )
    log.add_argument(
        "--smallest-effect",
        type=float,
        default=2.0,
        metavar="POINTS",
        help="planned for: the smallest uplift worth knowing, in percentage points (%(default)s)",
    )
    log.add_argument(
        "--power", type=float, default=0.8, metavar="P", help="planned for: chance to see it (%(default)s)"
    )


def run(args: argparse.Namespace, read_log: ReadLog) -> int:
    """Evaluate a file, or the decisions that `read_log` reads, and print what is found; 0 if it could be done.

    Raises EvaluationError for what cannot be evaluated.
    """
    if args.file is not None:
        columns = Columns(args.reward, args.propensity, args.action, args.target, args.customer, args.context)
        on_file = evaluate_file(args.file, columns, args.target_action, args.clip)
        _say(as_json(on_file) if args.json else file_text(on_file))
    else:
        plan = plan_for(args.base_rate, args.smallest_effect, args.power)
        on_log = evaluate_log(read_log(args), plan, args.clip)
        _say(as_json(on_log) if args.json else log_text(on_log))
    return 0


def plan_for(base_rate: float, smallest_effect_points: float, power: float) -> Plan:
    """Plan the comparison of arms."""
    per_arm = sample_size(base_rate, smallest_effect_points / 100, power, _LEVEL)
    return Plan(base_rate, smallest_effect_points, power, per_arm)


def evaluate_log(decisions: Iterable[LoggedDecision], plan: Plan, clip: float | None = None) -> LogReport:
    """Report on our own decisions, read once, in any order."""
    funnel, arms, rows = FunnelCount(), ArmCount(), OffPolicyRows()
    for decision in decisions:
        funnel.add(decision)
        arms.add(decision)
        rows.add(decision)
    return LogReport(funnel.result(), plan, arms.result(), arms.comparisons(plan.per_arm, _LEVEL), rows.result(clip))


def evaluate_file(
    path: Path, columns: Columns, target_action: str | None = None, clip: float | None = None
) -> FileReport:
    """Report on another system's log: for the target column, for one action, or for any action alike."""
    file = read_bandit_file(path, columns)
    try:
        return _file_report(file, path, columns, target_action, clip)
    except EvaluationError as error:
        if str(error).startswith(str(path)):
            raise
        raise EvaluationError(f"{path}: {error}") from None


def _file_report(
    file: BanditLog, path: Path, columns: Columns, target_action: str | None, clip: float | None
) -> FileReport:
    n, names = len(file.rewards), file.action_names
    policy: FloatArray | None = None
    if file.targets is not None:
        target, probabilities = f"column {columns.target}", file.targets
    else:
        target, policy = _policy(path, names, columns, target_action)
        probabilities = policy[file.actions]
    log = Log(file.rewards, file.propensities, probabilities, file.clusters)
    estimates = [ips(log, clip), snips(log, clip)]
    note = (
        "DR needs the whole target policy, not only its probability of the logged action: "
        "--target-action or --target-uniform"
    )
    if policy is not None:
        predictions = fit_rewards(file.features, file.actions, file.rewards, len(names), clusters=file.clusters)
        logged = predictions[np.arange(n), file.actions]
        estimates.append(doubly_robust(log, logged, predictions @ policy, clip))
        note = ""
    return FileReport(n, len(names), target, float(file.rewards.mean()), tuple(estimates), note)


def _policy(path: Path, names: tuple[str, ...], columns: Columns, target_action: str | None) -> tuple[str, FloatArray]:
    if target_action is None:
        return f"any of {len(names)} actions alike", np.full(len(names), 1 / len(names))
    if target_action not in names:
        there = ", ".join(repr(one) for one in names[:20])
        raise EvaluationError(f"{path}, column {columns.action!r}: {target_action!r} was never done; there are {there}")
    policy = np.zeros(len(names))
    policy[names.index(target_action)] = 1.0
    return f"always {target_action}", policy


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError("a number above 0 is needed")
    return value


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day like 2026-11-30 is needed") from None


def _names(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
