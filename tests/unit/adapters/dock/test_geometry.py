"""Where a docked window goes and what it reserves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.dock.geometry import (
    Monitor,
    Rect,
    Strut,
    chosen_monitor,
    docked_frame,
    free_area,
    is_outer_edge,
    strut_of,
)
from nba_desktop.domain.window_place import NARROWEST, WIDEST, Edge, WindowPlace

EDGES = st.sampled_from([Edge.LEFT, Edge.RIGHT])
WIDTHS = st.integers(1, 1280)
FULL_HD = Rect(0, 0, 1920, 1080)
RIGHT_OF_IT = Rect(1920, 0, 3840, 1080)


@st.composite
def rects(draw: st.DrawFn, largest: int = 4000) -> Rect:
    left, top = draw(st.integers(0, 4000)), draw(st.integers(0, 4000))
    return Rect(left, top, left + draw(st.integers(1, largest)), top + draw(st.integers(1, largest)))


def area_of_both(one: Rect, other: Rect) -> int:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0, width) * max(0, height)


def desktop_of(frames: list[Rect]) -> Rect:
    return Rect(0, 0, max(one.right for one in frames), max(one.bottom for one in frames))


@given(EDGES, rects(), WIDTHS)
def test_a_docked_window_is_inside_and_touches_its_edge(edge: Edge, free: Rect, width: int) -> None:
    frame = docked_frame(edge, free, width)
    assert area_of_both(frame, free) == frame.width * frame.height
    assert (frame.left == free.left) if edge is Edge.LEFT else (frame.right == free.right)
    assert frame.width == min(width, free.width)
    assert (frame.top, frame.bottom) == (free.top, free.bottom)


@given(EDGES, rects(), rects(), WIDTHS)
def test_what_is_reserved_covers_the_window_and_reaches_the_desktops_edge(
    edge: Edge, monitor: Rect, other: Rect, width: int
) -> None:
    desktop = desktop_of([monitor, other])
    frame = docked_frame(edge, monitor, width)
    (area,) = strut_of(edge, frame, desktop).areas(desktop)
    assert area_of_both(area, frame) == frame.width * frame.height
    assert (area.left == 0) if edge is Edge.LEFT else (area.right == desktop.right)
    assert (area.top, area.bottom) == (frame.top, frame.bottom)


@given(EDGES, rects(), st.lists(rects(), max_size=4), WIDTHS)
def test_an_outer_edge_reserves_nothing_of_another_monitor(
    edge: Edge, monitor: Rect, others: list[Rect], width: int
) -> None:
    # Monitors beside each other never share a pixel.
    others = [one for one in others if not area_of_both(one, monitor)]
    monitors = [Monitor(str(number), frame) for number, frame in enumerate([monitor, *others])]
    desktop = desktop_of([monitor, *others])
    reserved = strut_of(edge, docked_frame(edge, monitor, width), desktop).areas(desktop)
    touched = any(area_of_both(area, one) for area in reserved for one in others)
    if is_outer_edge(edge, monitor, monitors):
        assert not touched
    else:
        assert touched


@given(rects(), st.lists(rects(largest=400), max_size=5))
def test_what_is_free_lies_in_the_monitor(monitor: Rect, reserved: list[Rect]) -> None:
    free = free_area(monitor, reserved)
    assert area_of_both(free, monitor) == free.width * free.height > 0


@given(rects(), rects(largest=400))
def test_one_reserved_area_is_left_out_unless_it_is_the_whole_monitor(monitor: Rect, area: Rect) -> None:
    free = free_area(monitor, [area])
    assert free == monitor or not area_of_both(free, area)


def test_a_task_bar_above_and_a_dock_at_the_left_are_left_out() -> None:
    bars = [Rect(0, 0, 1920, 30), Rect(0, 0, 64, 1080), Rect(1920, 0, 2000, 1080)]
    assert free_area(FULL_HD, bars) == Rect(64, 30, 1920, 1080)


def test_who_reserves_more_than_there_is_gets_no_say() -> None:
    assert free_area(FULL_HD, [Rect(0, 0, 1200, 1080), Rect(900, 0, 1920, 1080)]) == FULL_HD


def test_the_edge_between_two_monitors_is_an_inner_one() -> None:
    monitors = (Monitor("A", FULL_HD), Monitor("B", RIGHT_OF_IT))
    assert not is_outer_edge(Edge.RIGHT, FULL_HD, monitors)
    assert not is_outer_edge(Edge.LEFT, RIGHT_OF_IT, monitors)
    assert is_outer_edge(Edge.LEFT, FULL_HD, monitors)
    assert is_outer_edge(Edge.RIGHT, RIGHT_OF_IT, monitors)


def test_monitors_one_above_the_other_have_two_outer_edges_each() -> None:
    below = Rect(0, 1080, 1280, 2104)
    monitors = (Monitor("A", FULL_HD), Monitor("B", below))
    assert all(is_outer_edge(edge, one.frame, monitors) for edge in (Edge.LEFT, Edge.RIGHT) for one in monitors)
    desktop = Rect(0, 0, 1920, 2104)
    strut = strut_of(Edge.RIGHT, docked_frame(Edge.RIGHT, below, 440), desktop)
    assert strut == Strut(0, 640 + 440, 0, 0, right_start_y=1080, right_end_y=2103)


def test_a_monitor_that_is_gone_is_replaced_by_the_first_that_has_the_edge() -> None:
    monitors = (Monitor("A", FULL_HD), Monitor("B", RIGHT_OF_IT))
    assert chosen_monitor(monitors, "A", Edge.RIGHT).name == "A"
    assert chosen_monitor(monitors, "C", Edge.RIGHT).name == "B"
    assert chosen_monitor(monitors, "", Edge.LEFT).name == "A"


@given(EDGES, st.lists(rects(), min_size=1, max_size=4), st.text(max_size=2))
def test_some_monitor_is_always_chosen(edge: Edge, frames: list[Rect], name: str) -> None:
    monitors = tuple(Monitor(str(number), frame) for number, frame in enumerate(frames))
    assert chosen_monitor(monitors, name, edge) in monitors


@given(st.integers())
def test_a_width_is_brought_inside_its_limits(width: int) -> None:
    kept = WindowPlace(width=width).width
    assert NARROWEST <= kept <= WIDEST
    assert kept == width or not NARROWEST <= width <= WIDEST
