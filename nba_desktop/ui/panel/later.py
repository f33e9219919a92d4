"""Views that are not seen at the start: made when they are first needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from nba_desktop.ui.panel.pool import put_behind

W = TypeVar("W", bound=QWidget)


class Later(Generic[W]):
    """A view and how it is made; `make` gives it its place and connects it, `on_made` hears of it afterwards."""

    def __init__(self, make: Callable[[], W], on_made: Callable[[], None] = lambda: None) -> None:
        self._make = make
        self._on_made = on_made
        self.made: W | None = None

    @property
    def is_shown(self) -> bool:
        """Whether it is there and not hidden."""
        return self.made is not None and not self.made.isHidden()

    def get(self) -> W:
        """The view; the first time it is made, and is reached by the tabulator where it stands."""
        if self.made is None:
            self.made = made = self._make()
            parent = made.parentWidget()
            siblings = [one for one in parent.children() if isinstance(one, QWidget)] if parent else []
            place = siblings.index(made) if siblings else 0
            if place:
                put_behind(made, siblings[place - 1])
            self._on_made()
        return self.made

    def hide(self) -> None:
        """Have it hidden, if it is there at all."""
        if self.made is not None:
            self.made.hide()
