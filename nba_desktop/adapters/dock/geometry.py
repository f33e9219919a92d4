"""Where a docked window is and which room it takes, in physical pixels; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from nba_desktop.domain.window_place import Edge


class Rect(NamedTuple):
    """A rectangle; `right` and `bottom` are the first pixels outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def shares_rows_with(self, other: Rect) -> bool:
        """Whether some row of pixels goes through both."""
        return self.top < other.bottom and other.top < self.bottom

    def shares_columns_with(self, other: Rect) -> bool:
        """Whether some column of pixels goes through both."""
        return self.left < other.right and other.left < self.right


@dataclass(frozen=True, slots=True)
class Monitor:
    """A screen by the system's name; `scale` is physical pixels per device-independent pixel."""

    name: str
    frame: Rect
    scale: float = 1.0


class Strut(NamedTuple):
    """The twelve numbers of `_NET_WM_STRUT_PARTIAL`: widths from the desktop's edges, and the ends of each.

    The ends are the first and the last pixel (Extended Window Manager Hints 1.5, “_NET_WM_STRUT_PARTIAL”).
    """

    left: int
    right: int
    top: int
    bottom: int
    left_start_y: int = 0
    left_end_y: int = 0
    right_start_y: int = 0
    right_end_y: int = 0
    top_start_x: int = 0
    top_end_x: int = 0
    bottom_start_x: int = 0
    bottom_end_x: int = 0

    def areas(self, desktop: Rect) -> tuple[Rect, ...]:
        """What is reserved, as rectangles of the desktop."""
        reserved = (
            Rect(0, self.left_start_y, self.left, self.left_end_y + 1),
            Rect(desktop.right - self.right, self.right_start_y, desktop.right, self.right_end_y + 1),
            Rect(self.top_start_x, 0, self.top_end_x + 1, self.top),
            Rect(self.bottom_start_x, desktop.bottom - self.bottom, self.bottom_end_x + 1, desktop.bottom),
        )
        return tuple(one for one in reserved if one.width > 0 and one.height > 0)


def is_outer_edge(edge: Edge, frame: Rect, monitors: Iterable[Monitor]) -> bool:
    """Whether nothing of the desktop lies beyond: an edge between two monitors cannot be reserved."""
    for other in monitors:
        if other.frame.shares_rows_with(frame):
            beyond = other.frame.left < frame.left if edge is Edge.LEFT else other.frame.right > frame.right
            if beyond:
                return False
    return True


def chosen_monitor(monitors: tuple[Monitor, ...], name: str, edge: Edge) -> Monitor:
    """The monitor of that name; while it is not there, the first one that has this edge to give."""
    for one in monitors:
        if one.name == name:
            return one
    return next((one for one in monitors if is_outer_edge(edge, one.frame, monitors)), monitors[0])


def free_area(frame: Rect, reserved: Iterable[Rect]) -> Rect:
    """What others have left of a monitor; each of them takes from the edge where it takes least."""
    left, top, right, bottom = frame
    for area in reserved:
        if not (area.shares_rows_with(frame) and area.shares_columns_with(frame)):
            continue
        taken = {
            "left": area.right - frame.left,
            "right": frame.right - area.left,
            "top": area.bottom - frame.top,
            "bottom": frame.bottom - area.top,
        }
        match min(taken, key=lambda side: taken[side]):
            case "left":
                left = max(left, area.right)
            case "right":
                right = min(right, area.left)
            case "top":
                top = max(top, area.bottom)
            case _:
                bottom = min(bottom, area.top)
    # Who takes more than there is gets no say.
    return Rect(left, top, right, bottom) if left < right and top < bottom else frame


def docked_frame(edge: Edge, free: Rect, width: int) -> Rect:
    """The docked window: the whole height that is free, at its edge."""
    width = min(width, free.width)
    if edge is Edge.LEFT:
        return Rect(free.left, free.top, free.left + width, free.bottom)
    return Rect(free.right - width, free.top, free.right, free.bottom)


def strut_of(edge: Edge, window: Rect, desktop: Rect) -> Strut:
    """What a docked window reserves: everything from the desktop's edge to its inner side, in its own rows."""
    if edge is Edge.LEFT:
        return Strut(window.right - desktop.left, 0, 0, 0, left_start_y=window.top, left_end_y=window.bottom - 1)
    return Strut(0, desktop.right - window.left, 0, 0, right_start_y=window.top, right_end_y=window.bottom - 1)
