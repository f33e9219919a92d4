"""What the agent must know beside the call: one line above the response row, which stays where it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from nba_desktop.domain.errors import MISMATCHES, FailureCode
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.panel import Notice, PanelState
from nba_desktop.ui.icons import Icon
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.customer_words import named_words
from nba_desktop.ui.texts.failures import notice_words
from nba_desktop.ui.texts.sign_in_words import sign_in_notice

_ON_THE_PAGE: Final = MISMATCHES | {FailureCode.POLICY_INVALID}
_GAP: Final = 8
"""Between the icon and the words, in pixels."""


def _beside_page(state: PanelState) -> tuple[Notice, ...]:
    """What the page does not say at length: between calls it says what keeps the panel from its work."""
    if state.blocked is None or state.contact is not None:
        return state.notices
    return tuple(one for one in state.notices if one.code not in _ON_THE_PAGE)


class _Marked(QWidget):
    """Words with their icon, which never parts from them."""

    def __init__(self, icon: Icon, words: Label) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._icon, self._words = icon, words
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(icon)
        row.addWidget(words, 1)

    def line_width(self) -> int:
        """How wide it is where the words stand in one line."""
        return self._icon.sizeHint().width() + _GAP + self._words.line_width()


class NoticeBar(QFrame):
    """Shows what failed for the call on the screen, else that its agent must sign in again, else the oldest notice.

    A notice can be dismissed. Without any of them it offers the customer whom the CRM has named during that call.
    """

    notice_dismissed = Signal(object)
    named_looked_up = Signal()
    named_put_away = Signal()
    agent_sign_in_asked = Signal()

    def __init__(self, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._notice: Notice | None = None
        self._icon = Icon("alert")
        self._words = Label(role="small", wrap=True)
        self._more = Label(role="small", variant="muted")
        self._dismiss = Button(self.tr("Understood"), role="link")
        self._dismiss.clicked.connect(self._on_dismissed)
        self._sign_in = Button(self.tr("Sign in again"), role="link", icon="user", key=keys[Command.SIGN_IN])
        self._sign_in.clicked.connect(self.agent_sign_in_asked)
        self._look_up = Button(self.tr("Look up"), role="link", icon="search")
        self._look_up.clicked.connect(self.named_looked_up)
        self._put_away = Button(self.tr("Not now"), role="link")
        self._put_away.clicked.connect(self.named_put_away)
        row = FlowLayout(self, spacing=8, line_spacing=0)
        row.setContentsMargins(12, 5, 8, 5)
        row.add_stretched(_Marked(self._icon, self._words), ems=14)
        row.addWidget(self._more)
        for button in (self._look_up, self._put_away, self._sign_in, self._dismiss):
            row.addWidget(button)
        self.hide()

    def show_state(self, state: PanelState) -> None:
        """Show the most urgent thing, or nothing."""
        failed = state.contact.failure if state.contact else None
        notices = _beside_page(state)
        # Between calls the page says it.
        signs_in = state.contact is not None and failed is None and state.sign_in.is_wanted
        self._notice = None if failed or signs_in or not notices else notices[0]
        shown = Notice(failed) if failed else self._notice
        offered = state.contact.offered if state.contact and shown is None and not signs_in else None
        self._icon.set_name("info" if offered else "alert")
        set_variant(self._icon, "muted" if offered else "bad")
        set_variant(self, "quiet" if offered else "")
        for button in (self._look_up, self._put_away):
            set_shown(button, offered is not None)
        set_shown(self._sign_in, signs_in)
        if signs_in:
            set_text(self._words, sign_in_notice(state.sign_in))
            self._show_more(len(notices))
            set_shown(self._dismiss, False)
        elif offered is not None:
            set_text(self._words, named_words(offered))
            set_shown(self._more, False)
            set_shown(self._dismiss, False)
        elif shown is not None:
            set_text(self._words, notice_words(shown))
            self._show_more(len(notices) - (0 if failed else 1))
            set_shown(self._dismiss, self._notice is not None)
            set_named(self._dismiss, self.tr("Understood: {notice}").format(notice=self._words.text()))
        set_shown(self, shown is not None or offered is not None or signs_in)

    def _show_more(self, more: int) -> None:
        set_text(self._more, self.tr("%n more", "", more) if more else "")
        set_shown(self._more, more > 0)

    def _on_dismissed(self) -> None:
        if self._notice is not None:
            self.notice_dismissed.emit(self._notice)
