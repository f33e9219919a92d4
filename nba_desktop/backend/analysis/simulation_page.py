"""A simulation's report as one page: plots, and the numbers beside them. It asks for nothing from anywhere."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Final

from nba_desktop.backend.analysis.simulation_cells import Table, TableKey, count, share
from nba_desktop.backend.analysis.simulation_plots import (
    Plot,
    actions_plot,
    choice_plot,
    factors_plot,
    funnel_plot,
    rules_plot,
)
from nba_desktop.backend.analysis.simulation_report import SimulationReport
from nba_desktop.backend.analysis.simulation_tables import tables_of
from nba_desktop.backend.analysis.simulation_text import heading

_PLOTS: Final[dict[TableKey, Callable[[SimulationReport], Plot | None]]] = {
    "funnel": funnel_plot,
    "actions": actions_plot,
    "choice": choice_plot,
    "factors": factors_plot,
    "rules": rules_plot,
}
_STYLE: Final = """
:root { color-scheme: light dark; --text: #1b1f24; --soft: #5b636d; --line: #d5dae0; --back: #ffffff; --card: #f4f6f8; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e9ed; --soft: #a4adb8; --line: #3a424c; --back: #14181d; --card: #1e242b; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem; background: var(--back); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; }
p { margin: .25rem 0 .75rem; max-width: 46rem; }
header p, .note { color: var(--soft); }
header p { margin: 0; max-width: none; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 1.25rem 0;
  padding: 0; list-style: none; }
.figures li { background: var(--card); border-radius: .5rem; padding: .75rem 1rem; }
.figures b { display: block; font-size: 1.5rem; }
figure { margin: 1rem 0; color: var(--text); }
figure svg { display: block; width: 100%; height: auto; max-width: 52rem; }
figcaption { font-weight: 600; margin-bottom: .25rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
thead th { border-bottom-width: 2px; }
tbody th { font-weight: 400; }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
@media print {
  :root { --text: #000000; --soft: #333333; --line: #999999; --back: #ffffff; --card: #f4f6f8; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  figure, li, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  thead { display: table-header-group; }
  .wide { overflow: visible; }
}
"""


def page(report: SimulationReport) -> str:
    """The whole page, HTML in UTF-8."""
    tables = tables_of(report)
    title, *lines = heading(report)
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{html.escape(title)}</title>",
        f"<style>{_STYLE}</style></head>",
        "<body>",
        f"<header><h1>{html.escape(title)}</h1>",
        *(f"<p>{html.escape(line)}</p>" for line in lines),
        "</header>",
        "<main>",
        _figures(report),
        *(_section(one, report) for one in tables),
        "</main>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(parts)


def _figures(report: SimulationReport) -> str:
    """The few figures to look at first."""
    result = report.result
    figures = [
        (share(result.without.share), f"of the customers get no action ({count(result.without.customers)})"),
        (f"{result.choice.median:g}", "candidates per customer (median)"),
        (f"{len(result.never_first)} of {len(result.actions)}", "actions are never first"),
    ]
    if report.comparison is not None:
        figures.insert(0, (share(report.comparison.first_changed_share), "of the customers get another first action"))
    items = "".join(f"<li><b>{html.escape(number)}</b> {html.escape(words)}</li>" for number, words in figures)
    return f'<ul class="figures">{items}</ul>'


def _section(table: Table, report: SimulationReport) -> str:
    note = f'<p class="note">{html.escape(table.note)}</p>' if table.note else ""
    draw = _PLOTS.get(table.key)
    plot = draw(report) if draw is not None and table.rows else None
    figure = ""
    if plot is not None:
        figure = f"<figure><figcaption>{html.escape(plot.title)}</figcaption>{plot.svg}</figure>"
    return (
        f'<section aria-labelledby="{table.key}"><h2 id="{table.key}">{html.escape(table.title)}</h2>'
        f"{note}{figure}{_written(table)}</section>"
    )


def _written(table: Table) -> str:
    if not table.rows:
        return ""
    lines = [f'<div class="wide"><table aria-labelledby="{table.key}">']
    if any(table.heads):
        heads = "".join(
            f'<th scope="col"{_number(place, table)}>{html.escape(head)}</th>' for place, head in enumerate(table.heads)
        )
        lines.append(f"<thead><tr>{heads}</tr></thead>")
    lines.append("<tbody>")
    for first, *others in table.rows:
        cells = "".join(
            f"<td{_number(place, table)}>{html.escape(cell)}</td>" for place, cell in enumerate(others, start=1)
        )
        lines.append(f'<tr><th scope="row">{html.escape(first)}</th>{cells}</tr>')
    lines.append("</tbody></table></div>")
    return "\n".join(lines)


def _number(place: int, table: Table) -> str:
    return "" if place < table.words else ' class="n"'
