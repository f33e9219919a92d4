"""The next best actions: three cards, or the words for why there are none yet."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.codes import NoRecommendation
from nba_desktop.domain.blocks import Block, BlockStatus
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.panel.action_card import ActionCard
from nba_desktop.ui.panel.keys import ACTIONS, USUAL_KEYS
from nba_desktop.ui.panel.marked_line import MarkedLine
from nba_desktop.ui.primitives.blocks import Block as BlockPlace
from nba_desktop.ui.primitives.blocks import Section
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import SectionHeader, plain, strong
from nba_desktop.ui.setters import set_enabled, set_named, set_shown
from nba_desktop.ui.texts.action_words import no_recommendation
from nba_desktop.ui.texts.blocks import block_words
from nba_desktop.ui.texts.news_words import news_words
from nba_desktop.ui.theme import scaled

_LINES = 14.0
_LINES_COMPACT = 8.9
_LINES_NARROW = 10.55
_LINES_MASKED = 2.3
_NARROW = 400
"""Below this width a title goes on in a second line."""
_GAP = 6
_GAP_COMPACT = 4


class ActionsBlock(Section):
    """Shows the three actions; `decision_painted` comes once a decision's cards have really been painted."""

    action_selected = Signal(str)
    why_toggled = Signal(bool)
    retry_requested = Signal(object)
    decision_painted = Signal(object)

    def __init__(self, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(ground=True, top=6, bottom=4)
        self.setAccessibleName(self.tr("Next best actions"))
        self._compact = False
        self._contact: ContactState | None = None
        self._why = Button(
            self.tr("Why these?"), role="link", variant="muted", trailing="chevron-right", key=keys[Command.WHY]
        )
        self._why.clicked.connect(self._on_why)
        self._cards = _Cards()
        self._place = BlockPlace(self._cards, _LINES)
        self._place.retry_clicked.connect(lambda: self.retry_requested.emit(Block.ACTIONS))
        for card in self._cards.cards:
            card.chosen.connect(self.action_selected)
        # Queued: whoever hears it changes the state, which must not happen while the cards are being painted.
        self._cards.painted.connect(self.decision_painted, Qt.ConnectionType.QueuedConnection)
        self._outdated = Button(self.tr("Outdated"), role="link", icon="retry")
        self._outdated.clicked.connect(lambda: self.retry_requested.emit(Block.ACTIONS))
        self._outdated.hide()
        header = SectionHeader(self.tr("Next best actions"), self._outdated)
        header.add(self._why)
        self._news = MarkedLine("info", "accent")
        self._news.hide()
        self.body.addWidget(header)
        self.body.addWidget(self._news)
        self.body.addWidget(self._place)

    def set_compact(self, compact: bool) -> None:
        """On a small screen the cards stand closer, and only the chosen one shows its reason."""
        if compact != self._compact:
            self._compact = compact
            self.set_tight(compact)
            if self._contact:
                self.show_state(self._contact)

    def show_state(self, contact: ContactState) -> None:
        """Show the actions of a contact, or why there are none."""
        self._contact = contact
        self._why.set_on(contact.why_open)
        self._why.set_opened(contact.why_open)
        self._why.set_trailing("chevron-down" if contact.why_open else "chevron-right")
        decided = contact.view is not None and bool(contact.recommendations or contact.view.decision.why_not)
        set_enabled(self._why, decided)
        self._place.reserve(self._reserved(contact))
        self._show_outdated(contact)
        self._show_news(contact)
        if contact.recommendations:
            self._cards.show_actions(contact, self._compact)
            self._place.show_content()
        else:
            self._show_message(contact)

    def _reserved(self, contact: ContactState) -> float:
        if not contact.authenticated:
            return _LINES_MASKED
        # Once the answer is there, what it does not fill is the guide's.
        answered = contact.view is not None and contact.actions_block.status is BlockStatus.READY
        if (contact.recommendations or answered) and len(contact.recommendations) < len(ACTIONS):
            return 0
        if self._compact:
            return _LINES_NARROW if self.width() < scaled(_NARROW) else _LINES_COMPACT
        return _LINES

    def _show_message(self, contact: ContactState) -> None:
        words = block_words(Block.ACTIONS, contact)
        because = contact.view.decision.none_because if contact.view else None
        if words is None:
            self._place.show_message("info", no_recommendation(because or NoRecommendation.NOTHING_ELIGIBLE))
        elif words.icon == "lock" and because is NoRecommendation.UNKNOWN_CUSTOMER:
            self._place.show_message("info", no_recommendation(because))
        else:
            self._place.show_message(words.icon, words.text, words.retry)

    def _show_news(self, contact: ContactState) -> None:
        """Say over the cards what something has just raised; where the agent is, he stays."""
        words = news_words(contact)
        if words:
            self._news.show_line(strong(self.tr("New:")) + " " + plain(words))
        set_shown(self._news, bool(words))

    def _show_outdated(self, contact: ContactState) -> None:
        """Cards stay when a newer ranking did not come; the header says so and offers a retry."""
        words = block_words(Block.ACTIONS, contact) if contact.recommendations else None
        set_shown(self._outdated, words is not None)
        if words is not None:
            set_named(self._outdated, f"{self._outdated.text()}: {words.text}", words.text)

    def _on_why(self) -> None:
        if self._contact:
            self.why_toggled.emit(not self._contact.why_open)


class _Cards(QWidget):
    """The fixed set of cards."""

    painted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._decision: UUID | None = None
        self._painted: UUID | None = None
        self.cards = tuple(ActionCard() for _ in ACTIONS)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for card in self.cards:
            self._column.addWidget(card)

    def show_actions(self, contact: ContactState, compact: bool) -> None:
        assert contact.view is not None  # recommendations come from a view
        self._decision = contact.view.decision.decision_id
        answers = {entry.action_id: entry.code for entry in contact.live_responses}
        gap = _GAP_COMPACT if compact else _GAP
        if self._column.spacing() != gap:
            self._column.setSpacing(gap)
        actions = contact.recommendations[: len(self.cards)]
        for card, action in zip(self.cards, actions, strict=False):
            on = action.action_id == contact.action_id
            card.show_action(
                action,
                on=on,
                folded=compact and not on,
                tight=compact,
                addressed=action.action_id in contact.addressed,
                answer=answers.get(action.action_id),
            )
        for index, card in enumerate(self.cards):
            set_shown(card, index < len(actions))
        if self._decision != self._painted:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._decision is not None and self._decision != self._painted:
            self._painted = self._decision
            self.painted.emit(self._decision)
