"""What was recorded last, how far it has come, the way to take it back, and what else belongs to it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QWidget

from nba_desktop.contract.codes import RESPONSE_GROUPS
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import FollowUpEntry, ResponseEntry
from nba_desktop.domain.follow_ups import confirmation_due
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.receipts import Receipt
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import RichLabel, plain, strong
from nba_desktop.ui.setters import set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.action_words import action_name
from nba_desktop.ui.texts.failures import failure
from nba_desktop.ui.texts.follow_up_words import promised_words
from nba_desktop.ui.texts.receipt_words import last_step, receipt
from nba_desktop.ui.texts.response_words import response_code, response_group

_LEAST_EMS = 10
_BESIDE = 6
_ONE_LINE, _TWO_LINES = 0.98, 1.75
"""How much of the lines the words can fill."""
_LEAST_TITLE_EMS = 3


def _short(entry: ResponseEntry) -> str:
    """The group's word instead of the code's."""
    group = next((g for g, codes in RESPONSE_GROUPS.items() if entry.code in codes), None)
    return response_group(group) if group else response_code(entry.code)


def title_of(contact: ContactState, action_id: str | None) -> str:
    """An action's place and title, or its title alone when it is not recommended any more; empty for none."""
    for action in contact.known_actions:
        if action.action_id == action_id:
            return action_name(action)
    missing = contact.view.decision.why_not if contact.view else ()
    return next((item.title for item in missing if item.action_id == action_id), "")


def place_of(contact: ContactState, action_id: str | None) -> str:
    """An action's place among those that are recommended; empty for one that has none, or not any more."""
    ranks = (action.rank for action in contact.known_actions if action.action_id == action_id)
    return str(next(ranks, None) or "")


def promise_of(contact: ContactState, action_id: str | None) -> FollowUpEntry | None:
    """What stands promised for an action."""
    own = [entry for entry in contact.live_follow_ups if action_id is not None and entry.action_id == action_id]
    return own[-1] if own else None


class _Words(RichLabel):
    """Words that rather have a line of their own than a narrow column."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(max(hint.width(), _LEAST_EMS * self.fontMetrics().height()), hint.height())


class ReceiptLine(QWidget):
    """Two lines that are always there, so that nothing moves when a response is recorded.

    `more_clicked` asks for what belongs to the response: its day, its confirmation in text form, its one line.
    """

    response_undone = Signal(object)
    more_clicked = Signal()

    def __init__(self, formats: Formats, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._formats = formats
        self._key = keys[Command.UNDO]
        self._contact: ContactState | None = None
        self._event_id: UUID | None = None
        self._compact = self._brief = False
        self._what = _Words("small")
        self._undo = Button(self.tr("Change"), role="link", key=self._key)
        self._undo.clicked.connect(self.undo)
        self._more = Button(self.tr("More"), role="link")
        self._more.clicked.connect(self.more_clicked)
        for button in (self._undo, self._more):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
        self._deeds = QWidget()
        self._deeds.setProperty("role", "plain")
        deeds = FlowLayout(self._deeds, spacing=2, line_spacing=0)
        deeds.addWidget(self._undo)
        deeds.add_right(self._more)
        line = FlowLayout(self, line_spacing=2)
        line.add_stretched(self._what, _LEAST_EMS)
        line.addWidget(self._deeds)
        self._fit()

    @property
    def more(self) -> QWidget:
        """The way to what belongs to the newest response, and where its day stands."""
        return self._more

    def set_compact(self, compact: bool) -> None:
        """On a small screen one line says place, group and how far it is; the tooltip has the rest."""
        self._compact = compact
        self._arrange()

    def _arrange(self) -> None:
        self._undo.set_key("" if self._compact else self._key)
        self._fit()

    def set_brief(self, brief: bool) -> None:
        """In a narrow window or with large text say no more than on a small screen."""
        self._brief = brief
        self._arrange()

    def show_state(self, contact: ContactState) -> None:
        """Show the newest response that stands."""
        self._contact = contact
        entry = contact.last_response
        self._event_id = entry.event_id if entry else None
        set_shown(self._undo, entry is not None)
        set_shown(self._more, entry is not None and entry.action_id is not None)
        self._fit()
        if contact.failure is not None:
            failed = strong(self.tr("Not stored: {why}.").format(why=failure(contact.failure)))
            again = plain(self.tr("Nothing of the last click was kept. Please try again."))
            set_text(self._what, f"{failed} {again}")
            set_named(self._what, "")
        elif entry is None:
            set_text(self._what, "")
            set_named(self._what, "")
        else:
            self._show_more(contact, entry)
            self._show_entry(contact, entry)
        refused = entry is not None and entry.receipt is Receipt.REFUSED
        set_variant(self._what, "bad" if refused or contact.failure is not None else "")

    def _show_entry(self, contact: ContactState, entry: ResponseEntry) -> None:
        title, said = title_of(contact, entry.action_id), response_code(entry.code)
        whole = f"{title}: {said}" if title else said
        # The title of what is recommended stands in its card, and its place says which is meant.
        place = place_of(contact, entry.action_id)
        brief = self._compact or self._brief
        said = _short(entry) if brief else said
        how_far, last = receipt(entry.receipt), last_step(entry.receipt)
        ways = [(place or title, how_far)] if brief else [(f"{title}:" if title else "", how_far), (place, how_far)]
        if brief:
            # The last step says that the others are done.
            ways.append((place or title, last))
        if title and not place:
            ways[1:] = [(title, last), (self._elided(title, said, last), last)]
        for named, reached in ways:
            head = f"{plain(named)} {strong(said)}" if named else strong(said)
            # The dot stays with what it follows: a second line does not begin with it.
            set_text(self._what, f"{head}\u00a0· {plain(reached)}")
            if not self._is_too_high():
                break
        set_named(self._what, f"{whole} · {receipt(entry.receipt)}", " · ".join(filter(None, (whole, entry.note))))
        set_named(self._undo, self.tr("Change {response}").format(response=whole), self._undo.key)

    def _is_too_high(self) -> bool:
        """Whether the words need more than the lines that are kept for them."""
        return self._what.isVisible() and self._what.heightForWidth(self._room) > self._what.minimumHeight()

    @property
    def _room(self) -> int:
        """The width of a line of words beside the buttons."""
        return self.width() - self._deeds.sizeHint().width() - _BESIDE

    def _elided(self, title: str, said: str, how_far: str) -> str:
        """A title that has no place, as far as the kept lines hold it with what else is said."""
        metrics, heavy = self._what.fontMetrics(), QFont(self._what.font())
        heavy.setWeight(QFont.Weight.DemiBold)
        rest = QFontMetrics(heavy).horizontalAdvance(said) + metrics.horizontalAdvance(f"  · {how_far}")
        # Of two lines the first ends where a word does.
        lines = _ONE_LINE if self._compact else _TWO_LINES
        room = max(round(lines * self._room) - rest, _LEAST_TITLE_EMS * metrics.height())
        return metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)

    def _show_more(self, contact: ContactState, entry: ResponseEntry) -> None:
        """Say what is most pressing: the confirmation that is due, the day that stands."""
        action = next((one for one in contact.known_actions if one.action_id == entry.action_id), None)
        promised = promise_of(contact, entry.action_id)
        if action is not None and confirmation_due(contact, action):
            words, icon = self.tr("Text form"), "flag"
            name = self.tr("Send the confirmation in text form")
        elif promised is not None:
            words, icon = self._formats.day(promised.due), "calendar"
            name = promised_words(promised, self._formats)
        else:
            words, icon = self.tr("More"), "pen" if entry.note else ""
            name = self.tr("More on this response: a day, one line")
        self._more.set_text(words)
        self._more.set_icon("" if self._compact else icon)
        set_named(self._more, name, name)

    def undo(self) -> None:
        """Ask to take the newest response back."""
        if self._event_id is not None:
            self.response_undone.emit(self._event_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._contact is not None and event.size().width() != event.oldSize().width():
            # What fits is known with the width.
            self.show_state(self._contact)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        """Keep the room of the lines."""
        self._what.ensurePolished()
        line = self._what.fontMetrics().lineSpacing()
        height = (1 if self._compact else 2) * line
        if self._what.minimumHeight() != height:
            self._what.setMinimumHeight(height)
