"""What the agent has open and typed in views that are made anew: taken from the old ones, given to the new ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from nba_desktop.ui.primitives.fields import Line

Place = tuple[tuple[type[QWidget], int], ...]
"""The way from a view to a widget in it: of which kind, and the how many-th of its kind, on each level."""


@runtime_checkable
class Keeps(Protocol):
    """A view that has something open which is not in the panel's state."""

    def kept_open(self) -> object:
        """What is open in it; None when nothing is."""

    def open_again(self, kept: object) -> None:
        """Open in this view what was open in one like it."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What was open, typed and chosen, each with its place."""

    opened: tuple[tuple[Place, object], ...]
    typed: tuple[tuple[Place, str], ...]
    focus: Place | None


def place_in(view: QWidget, widget: QWidget | None) -> Place | None:
    """The way to a widget; None when it is not in the view."""
    return _place(widget, view) if widget is not None and view.isAncestorOf(widget) else None


def take(view: QWidget, focus: Place | None) -> Carried:
    """Look through a view for what is not in the panel's state; `focus` is where the keyboard is."""
    opened, typed = [], []
    widgets = view.findChildren(QWidget)
    # Looked up by their kinds, of which there are few: to ask each of hundreds for what it can do takes long.
    keepers = tuple(kind for kind in {type(widget) for widget in widgets} if issubclass(kind, Keeps))
    for widget in widgets:
        if isinstance(widget, keepers) and (kept := widget.kept_open()) is not None:
            opened.append((_place(widget, view), kept))
        if widget.isVisible() and (text := _text(widget)):
            typed.append((_place(widget, view), text))
    return Carried(tuple(opened), tuple(typed), focus)


def reopen(view: QWidget, carried: Carried) -> None:
    """Open in a view what was open in the one before; what has no place in it any more is left out."""
    for place, kept in carried.opened:
        keeper: object = _at(view, place)
        if isinstance(keeper, Keeps):
            keeper.open_again(kept)


def refill(view: QWidget, carried: Carried) -> None:
    """Put into the fields what was typed in those before, and the keyboard where it was."""
    for place, text in carried.typed:
        field = _at(view, place)
        if isinstance(field, Line) and field.text() != text:
            field.show_text(text)
            field.setModified(True)
        elif isinstance(field, QPlainTextEdit) and field.toPlainText() != text:
            field.setPlainText(text)
            field.document().setModified(True)
    if carried.focus is not None:
        holder = _at(view, carried.focus)
        if holder is not None and holder.isVisible() and holder.isEnabled():
            holder.setFocus()


def _text(widget: QWidget) -> str:
    """What was typed; what a state has put there is put there again by it, in the new language."""
    if isinstance(widget, Line):
        return widget.text() if widget.isModified() else ""
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText() if widget.document().isModified() else ""
    return ""


def _alike(parent: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [one for one in parent.children() if type(one) is kind]


def _place(widget: QWidget, view: QWidget) -> Place:
    steps: list[tuple[type[QWidget], int]] = []
    parent = widget.parentWidget()
    while widget is not view and parent is not None:
        steps.append((type(widget), _alike(parent, type(widget)).index(widget)))
        widget, parent = parent, parent.parentWidget()
    return tuple(reversed(steps))


def _at(view: QWidget, place: Place) -> QWidget | None:
    for kind, number in place:
        alike = _alike(view, kind)
        if number >= len(alike):
            return None
        view = alike[number]
    return view
