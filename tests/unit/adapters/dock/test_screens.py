"""Physical pixels and Qt's own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from nba_desktop.adapters.dock.geometry import Monitor, Rect, docked_frame
from nba_desktop.adapters.dock.screens import independent
from nba_desktop.domain.window_place import Edge


@given(
    st.sampled_from([Edge.LEFT, Edge.RIGHT]),
    st.integers(-4000, 4000),
    st.integers(800, 4000),
    st.integers(600, 3000),
    st.sampled_from([1.0, 1.25, 1.5, 1.75, 2.0]),
    st.integers(360, 640),
)
def test_a_window_never_leaves_its_room_and_fills_it_to_a_pixel_of_qt(
    edge: Edge, left: int, width: int, height: int, scale: float, wanted: int
) -> None:
    at = Monitor("A", Rect(left, 0, left + width, height), scale)
    frame = docked_frame(edge, at.frame, round(wanted * scale))
    shown = independent(frame, at)
    begin = left + (shown.left() - left) * scale
    end = left + (shown.left() + shown.width() - left) * scale
    assert frame.left <= begin < end <= frame.right
    assert (begin - frame.left) + (frame.right - end) < 2 * scale
    assert frame.bottom - scale < shown.height() * scale <= frame.bottom


def test_without_scaling_they_are_the_same() -> None:
    at = Monitor("A", Rect(1920, 0, 3840, 1080))
    assert independent(Rect(3400, 0, 3840, 1080), at) == QRect(3400, 0, 440, 1080)
