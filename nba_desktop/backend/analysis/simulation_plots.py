"""The plots of a simulation as SVG to be set into a page; needs matplotlib, no display and no network.

Bars have colours that stand out on light and dark alike; words, axes and grid take the colour of the page's text.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nba_desktop.backend.analysis.simulation_report import GOOD_CHOICE, SimulationReport, VersionResult

_STYLE: Final[dict[Any, Any]] = {
    # Words stay words: they can be read aloud, searched and printed sharply.
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
}
_TEXT: Final = "#010203"
"""Stands for the page's own text colour until the SVG is set into it."""
_NOW: Final = "#3d85c6"
_NOW_SOFT: Final = "#93b9dc"
_BEFORE: Final = "#d98032"
_BEFORE_SOFT: Final = "#e6b88f"
_WIDTH: Final = 8.0
_BAR: Final = 0.36
_MOST_RULES: Final = 12
_LONGEST_NAME: Final = 46


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot: what it shows, and the `<svg>` element, which says it in words to who cannot see it."""

    title: str
    svg: str


def funnel_plot(report: SimulationReport) -> Plot:
    """Pairs left after each step."""
    steps = ["all actions", *(one.step.replace("_", " ") for one in report.result.funnel)]
    series = [("actions left", _NOW, _left(report, report.result))]
    if report.against is not None:
        series = [("this version", _NOW, series[0][2]), ("before", _BEFORE, _left(report, report.against))]
    return _bars(
        "funnel",
        "Actions left after each stage, per customer",
        steps,
        [(name, colour, [one / report.customers for one in values]) for name, colour, values in series],
        "actions per customer",
    )


def actions_plot(report: SimulationReport) -> Plot:
    """How often each action is first, and among the top three."""
    actions = sorted(report.result.actions, key=lambda one: (-one.first, -one.shown, one.action_id))
    names = [one.title for one in actions]
    series: list[tuple[str, str, Sequence[float]]] = [
        ("shown", _NOW_SOFT, [one.shown for one in actions]),
        ("first", _NOW, [one.first for one in actions]),
    ]
    others = {one.action_id: one for one in report.against.actions} if report.against is not None else {}
    found = [others.get(one.action_id) for one in actions]
    before: list[tuple[str, str, Sequence[float]]] = [
        ("shown before", _BEFORE_SOFT, [0 if one is None else one.shown for one in found]),
        ("first before", _BEFORE, [0 if one is None else one.first for one in found]),
    ]
    title = "Customers for whom an action is first, and shown at all"
    return _bars("actions", title, names, series, "customers", overlay=True, beside=before if others else [])


def choice_plot(report: SimulationReport) -> Plot:
    """How many candidates customers have."""
    versions = [("this version", _NOW, report.result.choice.histogram)]
    if report.against is not None:
        versions.append(("before", _BEFORE, report.against.choice.histogram))
    size = max(GOOD_CHOICE + 1, *(len(histogram) for _, _, histogram in versions))
    figure, axes = _figure(3.2)
    width = 0.8 / len(versions)
    for place, (name, colour, histogram) in enumerate(versions):
        heights = [histogram[n] if n < len(histogram) else 0 for n in range(size)]
        at = np.arange(size) + (place - (len(versions) - 1) / 2) * width
        axes.bar(at, heights, width, color=colour, label=name)
    axes.axvline(GOOD_CHOICE - 0.5, color=_TEXT, linewidth=1, linestyle=(0, (4, 3)))
    axes.annotate(
        f"{GOOD_CHOICE} or more:\ngood practice",
        (GOOD_CHOICE - 0.4, 0.98),
        xycoords=("data", "axes fraction"),
        verticalalignment="top",
        color=_TEXT,
    )
    axes.set_xticks(range(size))
    axes.set_xlabel("candidates", color=_TEXT)
    axes.set_ylabel("customers", color=_TEXT)
    axes.grid(axis="y", color=_TEXT, alpha=0.15)
    choice = report.result.choice
    said = f"median {choice.median:g}, {choice.enough_share:.1%} with {GOOD_CHOICE} or more"
    if report.against is not None:
        _legend(figure, 2)
        said += f"; before: median {report.against.choice.median:g}, {report.against.choice.enough_share:.1%}"
    return _drawn("choice", figure, "Candidates per customer", said)


def factors_plot(report: SimulationReport) -> Plot:
    """What changes when a factor is switched off."""
    factors = report.result.factors
    names = [f"without {one.factor}" for one in factors]
    series: list[tuple[str, str, Sequence[float]]] = [
        ("first action changes", _NOW, [100 * one.first_changed_share for one in factors]),
        ("top three change", _NOW_SOFT, [100 * one.shown_changed_share for one in factors]),
    ]
    return _bars("factors", "Customers who are shown something else", names, series, "% of customers")


def rules_plot(report: SimulationReport) -> Plot | None:
    """The rules that alone keep most actions from most customers; None where no rule does."""
    rules = [one for one in report.result.rules if one.only][:_MOST_RULES]
    if not rules:
        return None
    names = [f"{one.action_id}: {one.sentence}" for one in rules]
    series: list[tuple[str, str, Sequence[float]]] = [("only obstacle", _NOW, [one.only for one in rules])]
    return _bars("rules", "Customers for whom a rule is the only obstacle to an action", names, series, "customers")


def _left(report: SimulationReport, result: VersionResult) -> list[float]:
    return [report.customers * len(result.actions), *(one.left for one in result.funnel)]


def _bars(
    key: str,
    title: str,
    names: Sequence[str],
    series: Sequence[tuple[str, str, Sequence[float]]],
    unit: str,
    *,
    overlay: bool = False,
    beside: Sequence[tuple[str, str, Sequence[float]]] = (),
) -> Plot:
    """Horizontal bars, a group for each name; with `overlay` the later of a series covers the earlier."""
    rows = [series, beside] if overlay and beside else [series] if overlay else [[one] for one in series]
    height = _BAR if len(rows) > 1 else 2 * _BAR
    figure, axes = _figure(0.9 + len(names) * (0.3 if len(rows) == 1 else 0.46))
    places = np.arange(len(names))
    for row, stacked in enumerate(rows):
        at = places + (row - (len(rows) - 1) / 2) * height
        for name, colour, values in stacked:
            axes.barh(at, values, height, color=colour, label=name)
    axes.set_yticks(places, [_shortened(one) for one in names])
    axes.invert_yaxis()
    axes.margins(y=0.01)
    axes.set_xlim(left=0)
    axes.set_xlabel(unit, color=_TEXT)
    axes.grid(axis="x", color=_TEXT, alpha=0.15)
    every = [*series, *beside]
    if len(every) > 1:
        _legend(figure, len(every))
    said = [
        f"{name}: " + ", ".join(f"{values[place]:,.4g} {label}" for label, _, values in every)
        for place, name in enumerate(names)
    ]
    return _drawn(key, figure, title, "; ".join(said))


def _shortened(name: str) -> str:
    text = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"
    # Two of them would set what is between them as a formula.
    return text.replace("$", r"\$")


def _figure(height: float) -> tuple[Figure, Axes]:
    """A figure of the page's width, so that words are of one size in all of them."""
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        return figure, figure.add_subplot()


def _legend(figure: Figure, columns: int) -> None:
    figure.legend(frameon=False, labelcolor=_TEXT, loc="outside lower center", ncols=columns)


def _drawn(key: str, figure: Figure, title: str, said: str) -> Plot:
    """Write a figure as an element of a page: no prologue, no names of its own, the page's colour for words."""
    for axes in figure.axes:
        axes.tick_params(colors=_TEXT)
        for spine in axes.spines.values():
            spine.set_color(_TEXT)
    text = io.StringIO()
    # The salt makes names of parts the same every time, and different from those of the other plots.
    with matplotlib.rc_context({**_STYLE, "svg.hashsalt": key}):
        figure.savefig(text, format="svg", transparent=True, metadata={"Date": None})
    svg = text.getvalue()
    svg = svg[svg.index("<svg") :].strip()
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r' xmlns(:\w+)?="[^"]*"', "", svg)
    svg = (
        svg.replace("xlink:href", "href")
        .replace(_TEXT, "currentColor")
        .replace("'DejaVu Sans', sans-serif", "sans-serif")
    )
    used = set(re.findall(r"#([\w-]+)", svg))
    svg = re.sub(r' id="([^"]+)"', lambda found: found[0] if found[1] in used else "", svg)
    alt = f"{title}. {said}"
    svg = re.sub(r' width="[^"]*pt"| height="[^"]*pt"', "", svg, count=2)
    svg = svg.replace("<svg", f'<svg role="img" aria-label="{html.escape(alt)}"', 1)
    return Plot(title, svg)
