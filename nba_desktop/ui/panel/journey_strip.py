"""The last touchpoints as a strip: channel by icon, experience by shape and colour, media breaks in a sentence."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nba_desktop.contract.codes import ContactChannel, Experience
from nba_desktop.contract.contact import Concern
from nba_desktop.contract.journey import JourneyHead, Touchpoint
from nba_desktop.domain.blocks import Block as BlockName
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.icons import paint_icon
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.primitives.blocks import Block, Frame, Section
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import Label, RichLabel, SectionHeader, plain, strong
from nba_desktop.ui.setters import set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.blocks import block_words
from nba_desktop.ui.texts.journey import (
    channel_word,
    experience_word,
    media_break_sentence,
    media_break_title,
    strip_word,
    touchpoint_sentence,
)
from nba_desktop.ui.theme import current_tokens
from nba_desktop.ui.tokens import Tokens

CHANNEL_ICONS: Final = {channel: channel.value for channel in ContactChannel}
_SHOWN: Final = 5
_LINES: Final = 6.4
_LINES_SMALL: Final = 3.9
_LINES_SETTLED: Final = 2.2
_LINES_MASKED: Final = 2.3
_MARK: Final = 24
_ICON: Final = 13
_GAP: Final = 6


def paint_mark(
    painter: QPainter, box: QRect, channel: ContactChannel, experience: Experience | None, tokens: Tokens
) -> None:
    """Paint one touchpoint: a square for a bad experience, else a circle; None is the present call, filled."""
    colour = {
        Experience.POSITIVE: tokens.good,
        Experience.NEGATIVE: tokens.bad,
        Experience.NEUTRAL: tokens.edge,
        None: tokens.accent,
    }[experience]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 2))
    painter.setBrush(QColor(tokens.accent if experience is None else tokens.window))
    edge = QRectF(box).adjusted(1, 1, -1, -1)
    if experience is Experience.NEGATIVE:
        painter.drawRoundedRect(edge, 4, 4)
    else:
        painter.drawEllipse(edge)
    inner = QColor(tokens.on_accent if experience is None else tokens.text)
    left, top = box.left() + (box.width() - _ICON) // 2, box.top() + (box.height() - _ICON) // 2
    paint_icon(painter, CHANNEL_ICONS[channel], inner, left, top, _ICON)


_Node = tuple[ContactChannel, Experience | None, str, str, bool, bool]


class JourneyNode(QWidget):
    """One touchpoint of the strip with its day and its word; it never takes part in anything but being read."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shown: _Node = (ContactChannel.PHONE, Experience.NEUTRAL, "", "", False, False)
        self._broken = self._folded = False

    def show_point(
        self, channel: ContactChannel, experience: Experience | None, day: str, word: str, first: bool, last: bool
    ) -> None:
        """Fill the node; `first` and `last` end the line that joins the nodes."""
        shown = (channel, experience, day, word, first, last)
        if shown != self._shown:
            self._shown = shown
            self.updateGeometry()
            self.update()

    def fold(self, folded: bool) -> None:
        """Whether only the mark is painted; the words are in the tooltip, as everywhere."""
        if folded != self._folded:
            self._folded = folded
            self.updateGeometry()
            self.update()

    def words_width(self, broken: bool = False) -> int:
        """The width that the day and the word need, or the word broken into two lines."""
        if self._folded:
            return _MARK + _GAP
        lines = self._lines(broken)
        return max(self.fontMetrics().horizontalAdvance(line) for line in lines) + _GAP

    def break_words(self, broken: bool) -> None:
        """Whether a word may go on in a third line, because the nodes have no room for whole words."""
        if broken != self._broken:
            self._broken = broken
            self.updateGeometry()

    def _lines(self, broken: bool) -> tuple[str, ...]:
        _, _, day, word, *_ = self._shown
        return (day, *word.split(" ", 1)) if broken else (day, word)

    def sizeHint(self) -> QSize:
        lines = 3 if self._broken else 2
        height = _MARK if self._folded else _MARK + 2 + lines * self._line_height()
        return QSize(self.words_width(self._broken), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = current_tokens()
        channel, experience, _, _, first, last = self._shown
        middle = self.width() // 2
        painter.setPen(QPen(QColor(tokens.border), 2))
        if not first:
            painter.drawLine(0, _MARK // 2, middle, _MARK // 2)
        if not last:
            painter.drawLine(middle, _MARK // 2, self.width(), _MARK // 2)
        paint_mark(painter, QRect(middle - _MARK // 2, 0, _MARK, _MARK), channel, experience, tokens)
        if self._folded:
            return
        painter.setPen(QColor(tokens.muted))
        top = _MARK + 2
        for line in self._lines(self._broken):
            where = QRect(0, top, self.width(), self._line_height())
            painter.drawText(where, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, line)
            top += self._line_height()

    def _line_height(self) -> int:
        return self.fontMetrics().height() + 1


class JourneyStrip(Section):
    """The journey's newest touchpoints, the present call, and the media breaks worth saying."""

    retry_requested = Signal(object)
    timeline_clicked = Signal()

    def __init__(self, formats: Formats, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(ground=True, top=8, bottom=4, spacing=4)
        self.setAccessibleName(self.tr("Customer journey"))
        self._formats = formats
        self._all = Button(role="link", variant="muted", trailing="chevron-right", key=keys[Command.TIMELINE])
        self._all.clicked.connect(self.timeline_clicked)
        self._nodes = [JourneyNode() for _ in range(_SHOWN + 1)]
        self._empty = Label(self.tr("First contact: there is no customer journey yet."), "small", "muted", wrap=True)
        self._break = Frame("callout", margins=(9, 5, 8, 5))
        self._broken = RichLabel("small")
        self._break.body.addWidget(self._broken)
        self._strip = QWidget()
        row = QHBoxLayout(self._strip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for node in self._nodes:
            row.addWidget(node)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self._empty, self._strip, self._break):
            column.addWidget(widget)
        self._small = self._dense = self._authenticated = self._settled = False
        self._content = column
        self._block = Block(content, reserved_lines=_LINES)
        self._block.retry_clicked.connect(lambda: self.retry_requested.emit(BlockName.JOURNEY))
        self._cases = Label(role="smallstrong")
        header = SectionHeader(self.tr("Customer journey"), self._cases)
        header.add(self._all)
        self._points: tuple[Touchpoint, ...] = ()
        self._concerns: tuple[Concern, ...] = ()
        self._fitted: tuple[tuple[Touchpoint, ...], tuple[Concern, ...], int, str, date, bool] | None = None
        self.body.addWidget(header)
        self.body.addWidget(self._block)

    def show_state(self, contact: ContactState, concerns: tuple[Concern, ...], timeline_open: bool) -> None:
        """Show the journey of a contact as far as it is there and may be shown."""
        self._authenticated, self._settled = contact.authenticated, contact.concern_outcome is not None
        self._reserve()
        words = block_words(BlockName.JOURNEY, contact)
        journey = contact.view.journey if contact.view else None
        cases = contact.view.customer.open_cases if contact.view and contact.view.customer else 0
        set_text(self._cases, self.tr("%n open case(s)", "", cases) if cases else "")
        set_shown(self._all, words is None and journey is not None and journey.total > 0)
        if words is not None:
            self._block.show_message(words.icon, words.text, words.retry)
            return
        if journey is not None:
            self._all.set_text(self.tr("%n contact(s) · all", "", journey.total))
            self._all.set_trailing("chevron-down" if timeline_open else "chevron-right")
            self._all.set_opened(timeline_open)
            set_named(self._all, self.tr("Show all %n contact(s) of the customer journey", "", journey.total))
            self._show_journey(journey, concerns)
        self._block.show_content()

    def set_small(self, small: bool) -> None:
        """On a very low screen the nodes are their marks alone.

        Once it is said what became of the concern they give their room to the guide; the timeline has them all.
        """
        if small == self._small:
            return
        self._small = small
        for node in self._nodes:
            node.fold(small)
        self._content.setSpacing(3 if small else 6)
        self._break.body.setContentsMargins(9, 2 if small else 5, 8, 2 if small else 5)
        self._reserve()
        self._fit_nodes()

    def set_dense(self, dense: bool) -> None:
        """Where even so there is too little room for the guide, the marks give theirs at once."""
        if dense != self._dense:
            self._dense = dense
            self._reserve()

    def _reserve(self) -> None:
        gone = self._small and (self._settled or self._dense)
        lines = _LINES_SETTLED if gone else _LINES_SMALL if self._small else _LINES
        self._block.reserve(lines if self._authenticated else _LINES_MASKED)
        set_shown(self._strip, bool(self._points) and not gone)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_nodes()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_nodes()

    def _width(self) -> int:
        margins = self.body.contentsMargins()
        return self.width() - margins.left() - margins.right()

    def _show_journey(self, journey: JourneyHead, concerns: tuple[Concern, ...]) -> None:
        self._points, self._concerns = tuple(reversed(journey.touchpoints[:_SHOWN])), concerns
        set_shown(self._empty, not self._points)
        self._reserve()
        self._fit_nodes()
        self._show_break(journey, concerns)

    def _fit_nodes(self) -> None:
        """Show as many of the newest contacts as the width has room for in words."""
        points, nodes = self._points, self._nodes[:-1]
        font, today = self._nodes[0].font().key(), self._formats.today()
        fitted = (points, self._concerns, self._width(), font, today, self._small)
        if fitted == self._fitted:
            return
        self._fitted = fitted
        unused = len(nodes) - len(points)
        for node, point in zip(nodes[unused:], points, strict=True):
            self._show_point(node, point, self._concerns, first=node is nodes[unused])
        now = self._nodes[-1]
        now.show_point(ContactChannel.PHONE, None, self.tr("Now"), self.tr("Call"), first=not points, last=True)
        set_named(now, self.tr("Now: this call"))
        first, room = unused, self._width()
        while first < len(nodes) - 1 and sum(node.words_width(True) for node in self._nodes[first:]) > room:
            first += 1
        broken = sum(node.words_width() for node in self._nodes[first:]) > room
        for place, node in enumerate(nodes):
            set_shown(node, place >= first)
            if place == first and first > unused:
                self._show_point(node, points[place - unused], self._concerns, first=True)
        for node in self._nodes:
            node.break_words(broken)

    def _show_point(self, node: JourneyNode, point: Touchpoint, concerns: tuple[Concern, ...], first: bool) -> None:
        day = self._formats.day(point.at)
        node.show_point(point.channel, point.experience, day, strip_word(point), first, last=False)
        sentence = touchpoint_sentence(point, self._formats, concerns)
        words = (day, channel_word(point.channel), sentence, experience_word(point.experience))
        set_named(node, ", ".join(words), f"{day} · {sentence} ({words[3]})")

    def _show_break(self, journey: JourneyHead, concerns: tuple[Concern, ...]) -> None:
        sentences = [media_break_sentence(broken, self._formats, concerns) for broken in journey.media_breaks[:1]]
        set_shown(self._break, bool(journey.touchpoints))
        set_variant(self._break, "bad" if sentences else "good")
        if sentences:
            head = f"{media_break_title(journey.media_breaks[0])}:"
            set_text(self._broken, f"{strong(head)} {plain(sentences[0])}")
        else:
            set_text(self._broken, plain(self.tr("No media break in the last contacts.")))
