"""The layouts of a view: held while a state is filled in, and laid out once then."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QStackedLayout, QWidget
from shiboken6 import createdByPython


class Settling:
    """Each widget shown or hidden would lay out all the widgets around it at once: that is left to the end."""

    def __init__(self, view: QWidget) -> None:
        self._view = view
        self._layouts: tuple[tuple[QLayout, QWidget], ...] = ()
        self._has_grown, self._is_restyled = True, False

    def _find(self) -> tuple[tuple[QLayout, QWidget], ...]:
        # What Qt made for itself it also deletes, unknown to Python: to touch it then is a crash. A stack's stays.
        layouts = self._view.findChildren(QLayout)
        ours = [one for one in layouts if createdByPython(one) or isinstance(one, QStackedLayout)]
        # Parents come before their children in Qt's list; sub-layouts are activated with the layout they are in.
        found = [(one, one.parent()) for one in reversed(ours)]
        return tuple((one, owner) for one, owner in found if isinstance(owner, QWidget))

    @property
    def is_restyled(self) -> bool:
        """Whether the style has become another one since the layouts were last settled."""
        return self._is_restyled

    def on_grown(self) -> None:
        """Hear that the view has more layouts than before."""
        self._has_grown = True

    def on_restyled(self) -> None:
        """Hear that the style is another one: what was measured while it changed holds no longer."""
        self._is_restyled = True

    def hold(self) -> None:
        """Lay out nothing until `settle`."""
        for layout, _ in self._layouts:
            layout.setEnabled(False)

    def settle(self) -> None:
        """Lay out now, from the inside out: left to Qt's events a half-way layout could be painted first."""
        if self._has_grown:
            self._layouts, self._has_grown = self._find(), False
        if self._is_restyled:
            self._is_restyled = False
            for layout, _ in self._layouts:
                layout.invalidate()
        for layout, _ in self._layouts:
            layout.setEnabled(True)
        for layout, owner in self._layouts:
            if owner.isVisible():
                layout.activate()
                if layout is owner.layout() and layout.geometry() != owner.contentsRect():
                    # It was resized while its layout was held back.
                    layout.setGeometry(owner.contentsRect())
