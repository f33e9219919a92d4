"""What stands in the panel's place while nobody is signed in: one button, and what went wrong with the last try."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.signing_in import SignInState, SignInStatus
from nba_desktop.ui.icons import Icon
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.page_scroll import PageScroll
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_shown, set_text
from nba_desktop.ui.texts.sign_in_words import left_words, sign_in_failure, sign_in_sentence, sign_in_title

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class SignInView(PageScroll):
    """`sign_in_clicked` is the wish to sign in, or to have the browser opened again, `given_up` not to, after all."""

    sign_in_clicked = Signal()
    given_up = Signal()

    def __init__(self, keys: KeyMap = USUAL_KEYS, sentence: Callable[[SignInState], str] = sign_in_sentence) -> None:
        """`sentence` says what it means for whoever is to sign in."""
        inside = QWidget()
        inside.setProperty("role", "ground")
        super().__init__(inside)
        self._sentence_of = sentence
        icon = Icon("user", 32)
        icon.setProperty("variant", "muted")
        self._title = Label(role="title", wrap=True)
        self._sentence = Label(variant="muted", wrap=True)
        self._failure = Label(role="strong", variant="bad", wrap=True)
        self._left = Label(role="small", variant="muted", wrap=True)
        key = keys[Command.SIGN_IN]
        self._sign_in = Button(self.tr("Sign in"), variant="primary", icon="user", key=key)
        self._again = Button(self.tr("Open the browser again"), icon="user", key=key)
        self._give_up = Button(self.tr("Cancel"), role="link")
        for button in (self._sign_in, self._again):
            button.clicked.connect(self.sign_in_clicked)
        self._give_up.clicked.connect(self.given_up)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(icon, 0, _CENTRE)
        for label in (self._title, self._sentence, self._failure):
            label.setAlignment(_CENTRE)
            column.addWidget(label)
        column.addSpacing(4)
        buttons = FlowLayout(spacing=8, line_spacing=8, centred=True)
        for button in (self._sign_in, self._again, self._give_up):
            buttons.addWidget(button)
        column.addLayout(buttons)
        self._left.setAlignment(_CENTRE)
        column.addWidget(self._left)
        column.addStretch(3)

    def show_sign_in(self, state: SignInState) -> None:
        """Show how far the sign-in is."""
        waiting = state.status is SignInStatus.WAITING
        set_text(self._title, sign_in_title(state))
        set_text(self._sentence, self._sentence_of(state))
        set_text(self._failure, "" if state.failure is None else sign_in_failure(state.failure))
        set_shown(self._failure, state.failure is not None)
        set_text(self._left, left_words(state.left))
        set_shown(self._left, state.left > 0)
        set_shown(self._sign_in, state.is_asked_for)
        for button in (self._again, self._give_up):
            set_shown(button, waiting)
