"""Where the agent keeps the panel: at which edge of which screen, how wide, and whether only its strip is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

NARROWEST: Final = 360
WIDEST: Final = 640
USUAL_WIDTH: Final = 440
STRIP_WIDTH: Final = 48
"""Widths in device-independent pixels."""


class Edge(StrEnum):
    """An edge of the screen whose room is kept free for the panel, or none: it floats before the other windows."""

    LEFT = "left"
    RIGHT = "right"
    FLOATING = "floating"


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """The agent's choice; `monitor` is the system's name of the screen, empty for the main one.

    A width outside the limits is brought inside them.
    """

    edge: Edge = Edge.RIGHT
    width: int = USUAL_WIDTH
    collapsed: bool = False
    monitor: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", min(max(self.width, NARROWEST), WIDEST))
