"""From what was measured to the table, the goals and the line of JSON."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.bench.first_paint import FirstPaints
from tests.bench.painting import Painting
from tests.bench.timeline import Scrolling

Figure = float | int | None


@dataclass(frozen=True)
class Measured:
    """Everything one platform gave."""

    painting: Painting
    commits: Sequence[float]
    sealed_commits: Sequence[float]
    starts: FirstPaints
    scrolling: Scrolling
    calls: int
    rss_mb: float
    rss_growth_mb: float
    idle_cpu_percent: float
    keys_lost: int | None
    keys_said: str


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which so many percent are."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def summary(measured: Measured) -> dict[str, Figure]:
    """The figures by name, rounded; `painted` is the candidate after the call event, its request included."""
    painting, middle = measured.painting, statistics.median
    repaint, full_view = middle(painting.repaint), middle(painting.full_view)
    candidate, hub = middle(painting.candidate), middle(painting.hub)
    return {
        "painted_ms_p50": round(candidate, 2),
        "painted_ms_p95": round(percentile(painting.candidate, 95), 2),
        "painted_over_repaint": round(candidate / repaint, 2),
        "rebuild_over_painted": round(middle(painting.rebuilt) / full_view, 2),
        "full_view_ms_p50": round(full_view, 2),
        "full_view_ms_p95": round(percentile(painting.full_view, 95), 2),
        "full_view_over_repaint": round(full_view / repaint, 2),
        "first_paint_ms": round(middle(measured.starts.panel)),
        "first_paint_over_bare": round(middle(measured.starts.panel) / middle(measured.starts.bare), 2),
        "rss_mb": round(measured.rss_mb, 1),
        "outbox_commit_ms_p50": round(middle(measured.commits), 3),
        "outbox_commit_ms_p99": round(percentile(measured.commits, 99), 3),
        "outbox_sealed_commit_ms_p50": round(middle(measured.sealed_commits), 3),
        "outbox_sealed_commit_ms_p99": round(percentile(measured.sealed_commits, 99), 3),
        "hub_painted_ms_p50": round(hub, 2),
        "hub_painted_ms_p95": round(percentile(painting.hub, 95), 2),
        "hub_over_repaint": round(hub / repaint, 2),
        "ringing_over_repaint": round(middle(painting.ringing) / repaint, 2),
        "idle_cpu_percent": round(measured.idle_cpu_percent, 3),
        f"rss_growth_mb_{measured.calls}_calls": round(measured.rss_growth_mb, 2),
        "timeline_fps": round(measured.scrolling.fps),
        "keys_lost": measured.keys_lost,
    }


def times(rows: Iterable[tuple[str, Sequence[float]]]) -> Iterator[str]:
    """Rows with median and 95th percentile in milliseconds."""
    for name, values in rows:
        yield f"  {name:<64} {statistics.median(values):8.2f} {percentile(values, 95):8.2f}"


def table(measured: Measured) -> Iterator[str]:
    """The rows beside those of the painting."""
    starts, scrolling = measured.starts, measured.scrolling
    yield from times([("a frame of the timeline with 5,000 contacts, scrolled", scrolling.frames)])
    opened = "the timeline opened; the longest stop while the rest comes"
    yield f"  {opened:<64} {scrolling.opened:8.2f} {scrolling.longest_stop:8.2f}"
    for commit, taken in (
        ("outbox commit (WAL, FULL), median and 99th percentile", measured.commits),
        ("the same encrypted, and sealed to the site", measured.sealed_commits),
    ):
        yield f"  {commit:<64} {statistics.median(taken):8.3f} {percentile(taken, 99):8.3f}"
    for name, values in (
        (f"process start to first paint, of {len(starts.panel)}; the slowest", starts.panel),
        ("the same of a bare window, with the same imports", starts.bare),
        *((f"  of the panel's: {part}", taken) for part, taken in starts.parts.items()),
    ):
        yield f"  {name:<64} {statistics.median(values):8.0f} {max(values):8.0f}"
    memory = f"memory in MB after {measured.calls} calls, and how much more than before them"
    yield f"  {memory:<64} {measured.rss_mb:8.1f} {measured.rss_growth_mb:8.2f}"
    yield f"  {'CPU while nobody calls, in percent of one core':<64} {measured.idle_cpu_percent:8.3f}"
    lost = "not tried" if measured.keys_lost is None else str(measured.keys_lost)
    yield f"  {'keys lost in another program while calls come':<64} {lost:>8} ({measured.keys_said})"


def goals(figures: dict[str, Figure]) -> Iterator[str]:
    """Each goal with what was measured, and whether it was met."""
    growth = next(name for name in figures if name.startswith("rss_growth"))
    for name, limit, at_most in (
        ("painted_over_repaint", 2.0, True),
        ("painted_ms_p95", 25.0, True),
        ("hub_over_repaint", 1.6, True),
        ("hub_painted_ms_p95", 16.0, True),
        ("rebuild_over_painted", 7.0, False),
        ("idle_cpu_percent", 0.1, True),
        ("rss_mb", 150.0, True),
        (growth, 1.0, True),
        ("first_paint_over_bare", 1.3, True),
        ("timeline_fps", 60.0, False),
        ("keys_lost", 0.0, True),
    ):
        figure = figures[name]
        if figure is None:
            met = "not measured"
        else:
            met = "met" if (figure <= limit if at_most else figure >= limit) else "MISSED"
        yield f"  {name:<28} {'≤' if at_most else '≥'} {limit:<6g} {figure!s:>8}  {met}"
