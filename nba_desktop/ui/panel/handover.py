"""What a colleague had of this call before: one line in the concern, and the whole of it in place over the actions."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nba_desktop.contract.contact import Concern
from nba_desktop.contract.handover import Handover
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.marked_line import MarkedLine
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.blocks import Rule
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import Label, SectionHeader, plain, strong
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.texts.handover_words import handed_action, handed_concern, handover_brief, handover_line

_ROWS_READY: Final = 3


def handover_of(contact: ContactState) -> Handover | None:
    """The colleague's part of the contact as far as it may be shown in full."""
    handover = contact.view.handover if contact.view else None
    return handover if handover is not None and handover.details is not None and contact.authenticated else None


class HandoverSheet(Overlay):
    """Concern, what was raised with its objections and responses, and the note; what is open is marked."""

    def __init__(self, formats: Formats, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(parent)
        self._formats = formats
        close = Button(self.tr("Close"), role="link", icon="cross", key=keys[Command.CLOSE])
        close.clicked.connect(self.closed)
        self._when = Label(role="small", variant="muted", wrap=True)
        self._page = ScrollPage(spacing=6)
        self._page.fit_inside()
        self._concern = MarkedLine("flag", "accent")
        self._note = MarkedLine("pen", "muted")
        self._nothing = MarkedLine("info", "muted")
        actions = QVBoxLayout()
        actions.setSpacing(6)
        self._page.body.addWidget(self._when)
        self._page.body.addWidget(self._concern)
        self._page.body.addLayout(actions)
        self._page.body.addWidget(self._note)
        self._page.body.addWidget(self._nothing)
        self._actions = Pool(actions, lambda: MarkedLine("flag", "accent"), _ROWS_READY)
        self._head = head = QVBoxLayout()
        head.setContentsMargins(12, 4, 12, 0)
        self._title = SectionHeader("", close)
        head.addWidget(self._title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._page, 1)
        column.addWidget(Rule())

    def open(self) -> None:
        """Come to the front with the keyboard on the page."""
        self.show()
        self.raise_()
        self._page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def height_at(self, width: int) -> int:
        """The height in which everything can be read at this width."""
        inside = self._page.inside
        inside.ensurePolished()
        layout = inside.layout()
        return self._head.totalHeightForWidth(width) + (layout.totalHeightForWidth(width) if layout else 0) + 7

    def show_handover(self, handover: Handover, concerns: tuple[Concern, ...]) -> None:
        """Show the colleague's part."""
        details = handover.details
        if details is None:
            return
        title = self.tr("Your part before") if handover.own else self.tr("From your colleague")
        self._title.set_title(title)
        set_named(self._page, title)
        nothing = self.tr("You recorded nothing in this call before.")
        if not handover.own:
            nothing = self.tr("Your colleague recorded nothing in this call.")
        self._nothing.show_line(plain(nothing))
        set_text(self._when, handover_line(handover, self._formats))
        concern = handed_concern(details, concerns)
        self._concern.show_line(self.tr("Concern: {what}").format(what=strong(concern)))
        self._concern.set_mark(*(("check", "good") if details.solved else ("flag", "accent")))
        set_shown(self._concern, bool(concern))
        for line, action in zip(self._actions.shown(len(details.actions)), details.actions, strict=True):
            line.set_mark(*(("flag", "accent") if action.response is None else ("check", "good")))
            line.show_line(f"{strong(action.title)}: {plain(handed_action(action))}")
        self._note.show_line(self.tr("Note: {text}").format(text=strong(details.note)))
        set_shown(self._note, bool(details.note))
        set_shown(self._nothing, not (concern or details.actions or details.note))


class HandoverLine(Button):
    """The colleague's part in one line, elided where it is long; a click opens and closes the sheet."""

    def __init__(self, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(role="row", icon="transferred", trailing="chevron-right", key=keys[Command.HANDOVER])
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_handover(self, handover: Handover, concerns: tuple[Concern, ...], is_open: bool) -> None:
        """Fill the line."""
        if handover.details is None:
            return
        brief = handover_brief(handover.details, concerns)
        words = self.tr("From your colleague: {brief}")
        if handover.own:
            words = self.tr("You before: {brief}")
        elif not handover.certain:
            words = self.tr("Probably from your colleague: {brief}")
        self._words = words.format(brief=brief)
        set_named(self, self._words, self._words)
        self.set_trailing("chevron-down" if is_open else "chevron-right")
        self.set_opened(is_open)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.ensurePolished()
        rest = super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())
        room = max(0, self.width() - rest)
        self.set_text(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room))
