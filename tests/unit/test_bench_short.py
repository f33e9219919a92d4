"""What `make bench` says of its figures; how good any of them is, no test says."""

from __future__ import annotations

import json

import pytest
from pytestqt.qtbot import QtBot

from tests.bench.figures import Measured, goals, percentile, summary, table
from tests.bench.first_paint import FirstPaints, first_paints
from tests.bench.painting import Painting
from tests.bench.timeline import Scrolling, scroll

NAMED = (
    *("painted_ms_p50", "painted_ms_p95", "painted_over_repaint", "rebuild_over_painted", "full_view_ms_p50"),
    *("full_view_ms_p95", "full_view_over_repaint", "first_paint_ms", "first_paint_over_bare", "rss_mb"),
    *("outbox_commit_ms_p50", "outbox_commit_ms_p99", "outbox_sealed_commit_ms_p50", "outbox_sealed_commit_ms_p99"),
    *("hub_painted_ms_p50", "hub_painted_ms_p95"),
    *("hub_over_repaint", "ringing_over_repaint", "idle_cpu_percent", "rss_growth_mb_500_calls", "timeline_fps"),
    "keys_lost",
)


def measured(keys_lost: int | None = 0) -> Measured:
    painting = Painting(
        ringing=[11.0, 13.0],
        candidate=[20.0, 22.0],
        full_view=[30.0, 30.0],
        repaint=[10.0, 10.0],
        rebuilt=[60.0, 60.0],
        hub=[15.0, 17.0],
        hook=[18.0, 19.0],
    )
    starts = FirstPaints(panel=[600.0, 620.0], bare=[500.0, 500.0], parts={"imports": [400.0, 410.0]})
    scrolling = Scrolling(frames=[5.0, 5.0], opened=20.0, longest_stop=30.0)
    return Measured(painting, [0.1, 0.3], [0.2, 0.4], starts, scrolling, 500, 140.0, 0.5, 0.02, keys_lost, "said")


def test_every_figure_is_named_and_a_ratio_is_one_of_medians_of_the_same_run() -> None:
    figures = summary(measured())
    assert tuple(figures) == NAMED
    assert (figures["painted_over_repaint"], figures["hub_over_repaint"], figures["rebuild_over_painted"]) == (
        2.1,
        1.6,
        2.0,
    )
    assert (figures["first_paint_over_bare"], figures["timeline_fps"], figures["keys_lost"]) == (1.22, 200, 0)
    assert json.loads(json.dumps(figures)) == figures


def test_what_was_not_measured_is_null_and_no_goal_that_is_met() -> None:
    figures = summary(measured(keys_lost=None))
    assert json.dumps(figures).endswith('"keys_lost": null}')
    said = {line.split()[0]: line for line in goals(figures)}
    assert said["keys_lost"].endswith("not measured")
    assert said["painted_over_repaint"].endswith("MISSED")
    assert said["hub_over_repaint"].endswith("  met")
    assert any("keys lost" in line and "not tried (said)" in line for line in table(measured(keys_lost=None)))


def test_a_percentile_is_one_of_what_was_measured() -> None:
    assert percentile([1.0, 2.0, 3.0], 50) == 2.0
    assert percentile([float(number) for number in range(101)], 95) == 95.0


@pytest.mark.timeout(60)
def test_the_timeline_is_scrolled_frame_by_frame(qtbot: QtBot) -> None:
    scrolled = scroll(2, contacts=200)
    assert len(scrolled.frames) == 6
    assert min(*scrolled.frames, scrolled.opened, scrolled.longest_stop, scrolled.fps) > 0


@pytest.mark.timeout(120)
def test_the_parts_of_a_start_make_up_its_time() -> None:
    starts = first_paints(1, warm_up=0)
    assert len(starts.panel) == len(starts.bare) == 1
    assert sum(taken[0] for taken in starts.parts.values()) == pytest.approx(starts.panel[0])
    assert list(starts.parts) == ["interpreter", "imports", "application", "panel", "painted"]
