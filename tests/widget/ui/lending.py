"""Panels lent to one test after the other, as long as they come back as they left.

To build and to style one takes longer than most tests. What a panel keeps out of sight of the call before stays in it,
as in a working day; that nothing of it is seen again is looked at each time it comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from PySide6.QtCore import SIGNAL, QMetaMethod, QObject
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import delete, isValid

from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.content import PanelContent
from nba_desktop.ui.panel.typed_field import TypedField
from nba_desktop.ui.primitives.chips import Chip
from tests.windows import stays

W = TypeVar("W", bound=QWidget)
Picture = tuple[object, ...]
_METHODS_OF_QT: Final = QWidget.staticMetaObject.methodCount()  # type: ignore[attr-defined]


@dataclass
class Lent(Generic[W]):
    """Widgets of one kind, one for each language: how one is made, shown, and cleared of what a test did to it."""

    make: Callable[[Formats], W]
    show: Callable[[W], None]
    clear: Callable[[W, Formats], None]
    may_grow: bool = True
    """Whether one that has made parts later, which only some tests need, is lent again."""
    _idle: dict[str, tuple[W, Picture]] = field(default_factory=dict)

    @contextmanager
    def lent(self, formats: Formats) -> Iterator[W]:
        """One that is on the screen and looks as new."""
        idle = self._idle.pop(formats.language, None)
        widget = idle[0] if idle else self.make(formats)
        stays(widget)
        self.show(widget)
        fresh = idle[1] if idle else picture_of(widget)
        parts = len(widget.findChildren(QWidget))
        heard = {signal for signal in _signals(widget) if widget.receivers(SIGNAL(signal))}
        yield widget
        if not isValid(widget):
            return
        has_grown = len(widget.findChildren(QWidget)) > parts
        if (has_grown and not self.may_grow) or not self._is_as_before(widget, fresh, heard, formats):
            widget.close()
            delete(widget)

    def end(self) -> None:
        """Delete those that are left."""
        for widget, _ in self._idle.values():
            delete(widget)
        self._idle.clear()

    def _is_as_before(self, widget: W, fresh: Picture, heard: set[str], formats: Formats) -> bool:
        if not widget.isVisible():
            # A window that was hidden does not get the keyboard again where there is no desktop.
            return False
        for signal in _signals(widget):
            if signal not in heard and widget.receivers(SIGNAL(signal)):
                getattr(widget, signal.partition("(")[0]).disconnect()
        self.clear(widget, formats)
        if picture_of(widget) != fresh:
            return False
        self._idle[formats.language] = widget, fresh
        return True


def picture_of(root: QWidget) -> Picture:
    """What can be seen of a widget, what stands in its fields, where its keyboard is, and who listens to it."""
    contents = tuple(id(one) for one in root.findChildren(PanelContent))
    # What was typed into a step of the guide stays in the row, which shows the next step that needs it its own.
    typed = [one for one in root.findChildren(QLineEdit) if not isinstance(one.parentWidget(), TypedField)]
    fields = tuple(one.text() for one in typed if one.text())
    notes = tuple(one.toPlainText() for one in root.findChildren(QPlainTextEdit) if one.toPlainText())
    margins, holder = root.contentsMargins(), root.focusWidget()
    return (
        (root.size(), root.minimumSize(), root.maximumSize(), root.windowFlags(), root.windowTitle(), root.font()),
        (margins.left(), margins.top(), margins.right(), margins.bottom()),
        None if holder in (None, root) else type(holder).__name__,
        (contents, fields, notes),
        tuple(type(child).__name__ for child in root.children() if not _is_hidden(child)),
        tuple(root.receivers(SIGNAL(signal)) for signal in _signals(root)),
        tuple(_seen(root)),
    )


def _is_hidden(child: QObject) -> bool:
    return isinstance(child, QWidget) and child.isHidden()


def _signals(widget: QWidget) -> list[str]:
    """The signatures of its own signals, those of Qt's widgets left out."""
    meta = widget.metaObject()
    own = [meta.method(place) for place in range(_METHODS_OF_QT, meta.methodCount())]
    signals = [one for one in own if one.methodType() is QMetaMethod.MethodType.Signal]
    return [bytes(one.methodSignature().data()).decode() for one in signals]


def _seen(parent: QWidget) -> Iterator[Picture]:
    for child in parent.children():
        if not isinstance(child, QWidget) or child.isHidden():
            continue
        words = child.text() if isinstance(child, QLabel | QAbstractButton | QLineEdit | Chip) else ""
        variants = tuple(child.property(name) for name in ("role", "variant", "on"))
        scrolled = child.verticalScrollBar().value() if isinstance(child, QAbstractScrollArea) else 0
        said = (words, child.toolTip(), child.accessibleName(), child.accessibleDescription())
        yield type(child).__name__, child.geometry(), child.isEnabled(), said, variants, scrolled
        yield from _seen(child)
