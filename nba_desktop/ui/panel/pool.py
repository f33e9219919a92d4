"""Widgets of one kind, made once and shown as many as a state needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from nba_desktop.ui.setters import set_shown

W = TypeVar("W", bound=QWidget)


class Pool(Generic[W]):
    """Keeps `ready` widgets in a layout; only a state that needs more than any before makes new ones."""

    def __init__(self, layout: QLayout, make: Callable[[], W], ready: int) -> None:
        self._layout = layout
        self._make = make
        self._widgets: list[W] = []
        self._grow(ready)

    def shown(self, count: int) -> list[W]:
        """The first `count` widgets, shown; the others are hidden."""
        self._grow(count)
        for index, widget in enumerate(self._widgets):
            set_shown(widget, index < count)
        return self._widgets[:count]

    @property
    def shown_now(self) -> list[W]:
        """The widgets that are shown."""
        return [widget for widget in self._widgets if not widget.isHidden()]

    def _grow(self, count: int) -> None:
        while len(self._widgets) < count:
            widget = self._make()
            widget.hide()
            self._layout.addWidget(widget)
            if self._widgets:
                put_behind(widget, self._widgets[-1])
            self._widgets.append(widget)


def put_behind(widget: QWidget, before: QWidget) -> None:
    """Have a new one read, and reached by the tabulator, right after the one before; Qt would put it last."""
    parent = before.parentWidget()
    if parent is None or widget.parentWidget() is not parent:
        return  # not in the panel yet: they will come there in order
    siblings = [one for one in parent.children() if isinstance(one, QWidget)]
    follower = siblings[siblings.index(before) + 1]
    if follower is not widget:
        widget.stackUnder(follower)
    earlier = siblings[siblings.index(before) :: -1]
    last = next((own[-1] for one in earlier if (own := _reached(one))), None)
    for one in _reached(widget):
        if last is not None:
            QWidget.setTabOrder(last, one)
        last = one


def _reached(place: QWidget) -> list[QWidget]:
    """What can have the keyboard there, in the order in which it stands.

    Never by `nextInFocusChain`: PySide takes what that returns for a child of what was asked, and forgets it with it.
    """
    every = (place, *place.findChildren(QWidget))
    return [one for one in every if one.focusPolicy() is not Qt.FocusPolicy.NoFocus]
