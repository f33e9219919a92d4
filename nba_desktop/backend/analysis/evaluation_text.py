"""What an evaluation found: the reports, as tables and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from nba_desktop.backend.analysis.decision_log import ArmResult, Comparison, Funnel, PolicyValue
from nba_desktop.backend.analysis.ope import Estimate
from nba_desktop.backend.review.statistics.uplift import NotYet, Uplift


@dataclass(frozen=True, slots=True)
class Plan:
    """How many opportunities each arm needs before a figure is shown, and from what that follows (points: 0 to 100)."""

    base_rate: float
    smallest_effect_points: float
    power: float
    per_arm: int


@dataclass(frozen=True, slots=True)
class LogReport:
    """Everything that is said about a decision log."""

    funnel: Funnel
    plan: Plan
    arms: tuple[ArmResult, ...]
    comparisons: tuple[Comparison, ...]
    policies: tuple[PolicyValue, ...]


@dataclass(frozen=True, slots=True)
class FileReport:
    """Everything that is said about a file; `note` says what was not computed and why."""

    rows: int
    actions: int
    target: str
    logged_value: float
    estimates: tuple[Estimate, ...]
    note: str = ""


def file_text(report: FileReport) -> str:
    """The report on a file as a table."""
    return "\n".join(
        [
            f"{report.rows} rows, {report.actions} actions; logged policy: {report.logged_value:.5g} per row",
            f"Target policy: {report.target}",
            *_estimates(report.estimates),
            *([report.note] if report.note else []),
        ]
    )


def log_text(report: LogReport) -> str:
    """The report on our own decisions as tables."""
    lines = ["Recommendations (advertising actions), each fact counted for itself"]
    lines += [f"  {name.replace('_', ' '):<14} {count:>10}" for name, count in asdict(report.funnel).items()]
    plan = report.plan
    lines += [
        "",
        f"Arms, by opportunity (planned: {plan.per_arm} per arm, to see {plan.smallest_effect_points:g} points from "
        f"{100 * plan.base_rate:g} % with power {plan.power:g})",
        f"  {'arm':<15} {'customers':>10} {'opportunities':>14} {'accepted':>9} {'completed':>10}",
    ]
    lines += [
        f"  {one.arm:<15} {one.customers:>10} {one.opportunities:>14} {one.accepted:>9} {one.completed:>10}"
        for one in report.arms
    ]
    lines += ["", "The ranked arm against control arms, percentage points (95 %, Newcombe)"]
    lines += [f"  {one.outcome:<10} against {one.against:<15} {_compared(one.result)}" for one in report.comparisons]
    lines += ["", "What other policies would have earned per answered recommendation"]
    for value in report.policies:
        lines.append(f"Target policy: {value.policy}")
        lines += _estimates(value.estimates) if value.estimates else [f"  no estimate: {value.problem}"]
    return "\n".join(lines)


def _compared(result: Uplift | NotYet) -> str:
    if isinstance(result, NotYet):
        reached = f"{result.treated:.0f} and {result.control:.0f}"
        return f"hidden: {reached} of {result.planned} planned cases (repeats of a customer deflated)"
    beside = "" if result.ratio is None else f"  ratio {result.ratio:.2f}"
    rates = f"{100 * result.treated:.2f} % - {100 * result.control:.2f} %"
    return f"{result.points:+.2f} ({result.low:+.2f} to {result.high:+.2f})  {rates}{beside}"


def _estimates(estimates: Iterable[Estimate]) -> Sequence[str]:
    lines = [f"  {'':<6} {'value':>10} {'95 % from':>10} {'to':>10} {'effective n':>12} {'mean weight':>12}"]
    for one in estimates:
        lines.append(
            f"  {one.estimator:<6} {one.value:>10.5f} {one.low:>10.5f} {one.high:>10.5f} "
            f"{one.effective_n:>12.0f} {one.mean_weight:>12.3f}"
        )
        if one.clip is not None:
            lines.append(f"         weights limited to {one.clip:g} in {one.clipped_rows} rows: biased")
        if not one.reliable:
            lines.append(f"         NOT RELIABLE: {one.reason}")
    return lines


def as_json(report: LogReport | FileReport) -> str:
    """One line of JSON."""
    return json.dumps(_plain(report), allow_nan=False)


def _plain(value: object) -> Any:
    match value:
        case Estimate():
            return {**asdict(value), "reliable": value.reliable, "reason": value.reason}
        case Comparison():
            return {
                "against": value.against,
                "outcome": value.outcome,
                "hidden": not isinstance(value.result, Uplift),
                **asdict(value.result),
            }
        case LogReport() | FileReport() | PolicyValue():
            return {name: _plain(getattr(value, name)) for name in (one.name for one in fields(value))}
        case Funnel() | Plan() | ArmResult():
            return asdict(value)
        case tuple():
            return [_plain(one) for one in value]
        case _:
            return value
