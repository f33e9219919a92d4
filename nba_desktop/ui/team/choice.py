"""A button that shows what is chosen, and opens the menu to choose something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Generic, TypeVar, cast

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from nba_desktop.contract.review import Named
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.setters import set_named
from nba_desktop.ui.theme import scaled

_WIDEST: Final = 230

T = TypeVar("T")


class _ChoiceButton(Button):
    """The signal must belong to a class that is not generic."""

    chosen = Signal(object)


class Choice(_ChoiceButton, Generic[T]):
    """One of several values; `chosen` carries another one that was picked. `what` names it for a screen reader."""

    def __init__(self, what: str) -> None:
        super().__init__(trailing="chevron-down")
        self._what = what
        self._values: tuple[tuple[T, str], ...] = ()
        self._value: T | None = None
        self._shown = ""
        self._open: QMenu | None = None
        self.clicked.connect(self.open_menu)

    def show_values(self, values: Sequence[tuple[T, str]], value: T, shown: str = "", why: str = "") -> None:
        """Offer values with their words, of which one is chosen; one alone is nothing to choose from.

        `shown` stands on the button where what came of the choice has words of its own, `why` is its tooltip.
        """
        self._values, self._value, self._shown = tuple(values), value, shown
        words = self.words
        fitting = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, scaled(_WIDEST))
        self.set_text(fitting)
        set_named(
            self, f"{self._what}: {words}", " ".join(one for one in (words if fitting != words else "", why) if one)
        )
        self.setEnabled(len(self._values) > 1)

    @property
    def words(self) -> str:
        """The words on the button, whole."""
        return self._shown or next((words for one, words in self._values if one == self._value), "")

    def open_menu(self) -> None:
        """Open the menu below the button."""
        self._open = self.menu_of_values()
        self._open.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._open.popup(self.mapToGlobal(QPoint(0, self.height())))

    def menu_of_values(self) -> QMenu:
        """The menu as it is now."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for value, words in self._values:
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value == self._value)
            group.addAction(action)
            action.triggered.connect(lambda _=False, one=value: self.chosen.emit(cast("object", one)))
        return menu


def all_or(every: str, named: Sequence[Named]) -> list[tuple[str | None, str]]:
    """Everything, or one of what has a name."""
    return [(None, every), *((one.code, one.title) for one in named)]
