"""How much the panel says at once: less where bridge and first step would lie below the window's edge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from nba_desktop.domain.contact import ContactState, Phase
from nba_desktop.ui.panel.concern import ConcernView
from nba_desktop.ui.panel.customer import CustomerView
from nba_desktop.ui.panel.journey_strip import JourneyStrip
from nba_desktop.ui.panel.lower import LowerHalf

COMPACT_BELOW: Final = 860
_SMALL_BELOW: Final = 800
_DENSEST: Final = 2
_LINES_IN_SIGHT: Final = 40
_EMS_IN_SIGHT: Final = 20


class Density:
    """What is said once, or in tooltips alone: 0 nothing, 1 as on a small screen, 2 what can be."""

    def __init__(
        self,
        customer: CustomerView,
        journey: JourneyStrip,
        concern: ConcernView,
        lower: LowerHalf,
        settle: Callable[[], None],
    ) -> None:
        self._journey, self._concern, self._lower, self._settle = journey, concern, lower, settle
        self._parts = (customer, journey, concern, lower)
        self._density = self._least = 0
        self._is_small = self._is_lean = False

    def fit(self, height: int) -> None:
        """Say as much as a window of this height allows; `make_room` is to follow."""
        self._is_small = height < _SMALL_BELOW
        self._least = 1 if height < COMPACT_BELOW else 0
        was_dense = self._density > self._least or self._is_lean
        self._set(self._least)
        if was_dense:
            # With the room of before it would seem to fit.
            self._settle()

    def rest(self) -> None:
        """Between calls: done while one rings, everything of the call before would be filled once more."""
        if self._density != self._least or self._is_lean:
            self._set(self._least)

    def make_room(self, contact: ContactState | None) -> None:
        """Where the guide would lie below the window's edge, what stands above it says less.

        It stays so until there is no call: nothing moves back. While the agent has something open in place, everything
        scrolls as a whole.
        """
        if contact is None or contact.action is None or not contact.authenticated:
            return
        if contact.phase is Phase.WRAP_UP or contact.follow_up_draft is not None:
            return
        if not (self._is_lean or self._lower.shows_steps):
            self._set_lean(True)
            self._settle()
        while self._lower.page.scrolls if self._density == 0 else not self._lower.shows_first_step:
            if self._density == _DENSEST:
                return
            self._set(self._density + 1)
            self._settle()

    def _set(self, density: int) -> None:
        self._density = density
        self._set_lean(density > self._least)
        compact, dense = density > 0, density > 1
        self._lower.set_compact(compact)
        self._journey.set_small(dense or self._is_small)
        for part in self._parts:
            part.set_dense(dense)

    def _set_lean(self, lean: bool) -> None:
        self._is_lean = lean
        self._concern.set_lean(lean)


def is_crowded(view: QWidget) -> bool:
    """Whether text is too large for a view, or the view too narrow for it, to have everything in sight."""
    line = view.fontMetrics().height()
    return view.height() < _LINES_IN_SIGHT * line or view.width() < _EMS_IN_SIGHT * line
