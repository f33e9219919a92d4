"""A simulation's report for the terminal: as tables, or as one line of JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Final

from nba_desktop.backend.analysis.simulation_cells import Table, count
from nba_desktop.backend.analysis.simulation_report import SimulationReport, VersionResult
from nba_desktop.backend.analysis.simulation_tables import tables_of

_MOST_RULES: Final = 25


def as_text(report: SimulationReport) -> str:
    """The report as tables."""
    lines = [*heading(report), ""]
    for table in tables_of(report, _MOST_RULES):
        lines += [table.title, *([f"  {table.note}"] if table.note else []), *_written(table), ""]
    return "\n".join(lines).rstrip("\n")


def as_json(report: SimulationReport) -> str:
    """The report as one line of JSON, complete; moments as ISO 8601."""
    return json.dumps(asdict(report), default=_plain, ensure_ascii=False, allow_nan=False)


def heading(report: SimulationReport) -> tuple[str, ...]:
    """What was simulated, in a few lines."""
    source = (
        f"generated customers (seed {report.seed})"
        if report.source == "generated"
        else f"customers of the store (drawn with seed {report.seed})"
    )
    concern = "each with his most probable concern" if report.concern is None else f"all with concern {report.concern}"
    lines = [
        f"Simulation of {count(report.customers)} {source}, {report.at:%Y-%m-%d %H:%M} {report.at.tzname()}",
        f"{concern}, {'solved' if report.solved else 'not solved'}; load {report.load}; nothing is tried out",
        f"Version {_version(report.result)}",
    ]
    if report.against is not None:
        lines.append(f"compared with {_version(report.against)}")
    lines.append(f"{report.seconds:.1f} s, {count(report.customers_per_second)} customers a second")
    return tuple(lines)


def _version(result: VersionResult) -> str:
    skills = ", ".join(result.skills) or "none"
    return (
        f"{result.version} ({result.name}), model {result.model_version}; "
        f"agent's authority {result.authority or 'none'}, "
        f"skills: {skills}"
    )


def _written(table: Table) -> list[str]:
    """The rows as columns of equal width; words to the left, numbers to the right."""
    if not table.rows:
        return []
    rows = [table.heads, *table.rows] if any(table.heads) else list(table.rows)
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.heads))]
    return [
        "  "
        + "  ".join(
            cell.ljust(width) if place < table.words else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not JSON")
