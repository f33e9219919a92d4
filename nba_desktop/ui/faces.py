"""What assistive technology is told of the panel's own widgets; Qt knows the roles of its own ones only.

Qt asks for a face when somebody listens, never before: without assistive technology nothing of this is made.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QFrame, QWidget

from nba_desktop.ui.icons import Icon
from nba_desktop.ui.panel.action_card import ActionCard
from nba_desktop.ui.panel.action_tabs import ActionTabs
from nba_desktop.ui.panel.consent_drawer import ConsentDrawer
from nba_desktop.ui.panel.journey_strip import JourneyNode
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.panel.row_sheet import RowSheet
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.panel.settings_row import SettingsRow
from nba_desktop.ui.panel.step_mark import StepMark
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.panel.wrap_up import WrapUp
from nba_desktop.ui.primitives.blocks import Section
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.chips import Chip
from nba_desktop.ui.primitives.labels import Label

_PRESS: Final = "Press"
"""The name of the action, as Qt's own controls have it."""
_TAG: Final = re.compile(r"<[^>]*>")


def install_faces() -> None:
    """Have Qt ask here first for what it tells assistive technology of a widget."""
    QAccessible.installFactory(face_of)


def face_of(_class_name: str, widget: QObject) -> QAccessibleInterface | None:
    """The face of a widget of the panel; None leaves it to Qt."""
    match widget:
        case Button():
            return ButtonFace(widget)
        case ActionCard():
            return CardFace(widget)
        case StepMark():
            return MarkFace(widget)
        case Label() | Chip() | JourneyNode():
            return WordsFace(widget)
        case Icon():
            return IconFace(widget)
        case Section() | ActionTabs() | ConsentDrawer():
            return Face(widget, QAccessible.Role.Grouping)
        case SettingsRow():
            return LineFace(widget, QAccessible.Role.ListItem)
        case Overlay():
            return Face(widget, QAccessible.Role.Border)
        case ScrollPage() | RowSheet() | WrapUp():
            return Face(widget, QAccessible.Role.Client)
        case PanelWindow():
            return QAccessibleWidget(widget, QAccessible.Role.Window)
        case QWidget() if widget.property("role") == "plain" and not isinstance(widget, QFrame):
            # What Qt itself has a face for, such as a field, leaves the tree with the place in which it stands.
            return Face(widget, QAccessible.Role.Client)
        case _:
            return None


class Face(QAccessibleWidget):
    """What every face says: a widget that lies under something open is not there."""

    def state(self) -> QAccessible.State:
        state = super().state()
        widget = self.widget()
        window = widget.window()
        if isinstance(window, PanelWindow) and window.skips(widget):
            state.invisible = True
        return state


class ButtonFace(Face):
    """A button, a check box once it can be chosen, a tab among tabs; one that opens something says whether it did."""

    def __init__(self, button: Button) -> None:
        super().__init__(button)
        self._button = button

    def role(self) -> QAccessible.Role:
        if self._button.is_tab:
            return QAccessible.Role.PageTab
        if self._button.isCheckable() and self._button.opened is None:
            return QAccessible.Role.CheckBox
        return QAccessible.Role.Button

    def state(self) -> QAccessible.State:
        state = super().state()
        opened, on = self._button.opened, self._button.isChecked()
        if self._button.is_tab:
            state.selectable, state.selected = True, on
        elif opened is not None:
            state.expandable, state.expanded, state.collapsed = True, opened, not opened
        elif self._button.isCheckable():
            state.checkable, state.checked = True, on
        state.pressed = self._button.isDown()
        return state

    def text(self, kind: QAccessible.Text) -> str:
        return super().text(kind) or (self._button.text() if kind is QAccessible.Text.Name else "")

    def actionNames(self) -> list[str]:
        return [_PRESS, *super().actionNames()] if self._button.isEnabled() else super().actionNames()

    def doAction(self, name: str) -> None:
        if name == _PRESS:
            self._button.click()
        else:
            super().doAction(name)

    def keyBindingsForAction(self, name: str) -> list[str]:
        return [self._button.key] if name == _PRESS and self._button.key else []


class MarkFace(Face):
    """The mark of a step, a check box."""

    def __init__(self, mark: StepMark) -> None:
        super().__init__(mark, QAccessible.Role.CheckBox)
        self._mark = mark

    def state(self) -> QAccessible.State:
        state = super().state()
        state.checkable, state.checked = True, self._mark.isChecked()
        return state

    def actionNames(self) -> list[str]:
        return [_PRESS, *super().actionNames()]

    def doAction(self, name: str) -> None:
        if name == _PRESS:
            self._mark.click()
        else:
            super().doAction(name)


class CardFace(Face):
    """One of the actions, of which one is chosen; what stands on it is its name and its description."""

    def __init__(self, card: ActionCard) -> None:
        super().__init__(card, QAccessible.Role.RadioButton)
        self._card = card

    def state(self) -> QAccessible.State:
        state = super().state()
        state.checkable, state.checked = True, self._card.on
        return state

    def childCount(self) -> int:
        return 0

    def actionNames(self) -> list[str]:
        return [_PRESS, *super().actionNames()]

    def doAction(self, name: str) -> None:
        if name == _PRESS:
            self._card.choose()
        else:
            super().doAction(name)


class LineFace(Face):
    """A line of a list; what stands in it is its name and its description."""

    def childCount(self) -> int:
        return 0


class WordsFace(Face):
    """Words to be read, whole and without markup; a place without words is not there."""

    def __init__(self, words: Label | Chip | JourneyNode) -> None:
        super().__init__(words, QAccessible.Role.StaticText)
        self._words = words

    def state(self) -> QAccessible.State:
        state = super().state()
        state.readOnly = True
        state.invisible = state.invisible or not self.text(QAccessible.Text.Name)
        return state

    def text(self, kind: QAccessible.Text) -> str:
        said = super().text(kind)
        if kind is not QAccessible.Text.Name or said or isinstance(self._words, JourneyNode):
            return said
        words = self._words.text()
        rich = isinstance(self._words, Label) and self._words.textFormat() is Qt.TextFormat.RichText
        return unescape(_TAG.sub("", words.replace("<br>", ", "))) if rich else words


class IconFace(Face):
    """Decoration: the words beside it say the same."""

    def __init__(self, icon: Icon) -> None:
        super().__init__(icon, QAccessible.Role.Graphic)

    def state(self) -> QAccessible.State:
        state = super().state()
        state.invisible = True
        return state
