"""The reasons of an open response group, in place above the response row."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QWidget

from nba_desktop.contract.codes import ResponseCode, ResponseGroup
from nba_desktop.domain.follow_ups import NEED_DATE
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.icons import paint_icon
from nba_desktop.ui.panel.keys import DIGITS, USUAL_KEYS
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.row_sheet import RowSheet
from nba_desktop.ui.primitives.blocks import Rule
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.texts.response_words import response_code, response_group_question, response_reason

_PAD, _ICON, _GAP, _LEAST = 8, 12, 8, 28


class ReasonRow(Button):
    """A reason over the whole width, going on in the next line where it is long; an icon and its key at the right."""

    def __init__(self, key: str = "", variant: str = "") -> None:
        super().__init__(role="row", variant=variant, key=key)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        words = QRect(0, 0, max(1, width - 2 * _PAD - self._key_room()), 10_000)
        bounds = self.fontMetrics().boundingRect(words, Qt.TextFlag.TextWordWrap, self.text())
        return max(_LEAST, bounds.height() + 8)

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, _LEAST)

    def _key_room(self) -> int:
        key = QFontMetrics(self._small_font()).horizontalAdvance(self.key)
        return (key + _GAP if key else 0) + (_ICON + _GAP if self._trailing else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        line = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        colour = self.palette().color(self._group(), QPalette.ColorRole.ButtonText)
        if self.key:
            self._paint_key(painter, line, right)
        if self._trailing:
            left = line.right() - self._key_room() + _GAP
            paint_icon(painter, self._trailing, colour, left, (self.height() - _ICON) // 2, _ICON)
        painter.setFont(self.font())
        painter.setPen(colour)
        words = line.adjusted(0, 0, -self._key_room(), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.text())


class ReasonsSheet(RowSheet):
    """One row a reason, each with its key.

    A reason that needs a day bears a calendar. `objection_begun` is the way to the marketing objection, which is no
    response to an action.
    """

    response_given = Signal(object)
    objection_begun = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(parent, spacing=1)
        self._keys = keys
        self._codes: tuple[ResponseCode, ...] = ()
        self._made = 0
        self._question = Label(role="smallstrong", wrap=True)
        self._close = Button(self.tr("Close"), role="link", variant="muted", key=keys[Command.CLOSE])
        self._close.clicked.connect(self.closed)
        head = FlowLayout(line_spacing=0)
        head.add_stretched(self._question)
        head.addWidget(self._close)
        self.body.addLayout(head)
        self._rows = Pool(self.body, self._make_row, ready=len(DIGITS))
        self._apart = Rule()
        self._objection = ReasonRow(variant="muted")
        self._objection.set_text(self.tr("Marketing objection …"))
        self._objection.set_trailing("block")
        self._objection.clicked.connect(self.objection_begun)
        self.foot.addWidget(self._apart)
        self.foot.addWidget(self._objection)

    def show_group(self, group: ResponseGroup, codes: tuple[ResponseCode, ...], may_object: bool = False) -> None:
        """Show the reasons a group offers; `may_object` once the customer's consents are known."""
        self._codes = codes
        set_text(self._question, response_group_question(group))
        for row, code in zip(self._rows.shown(len(codes)), codes, strict=True):
            row.set_text(response_reason(code))
            row.set_trailing("calendar" if code in NEED_DATE else "")
            set_named(row, response_code(code), row.key)
        objects = may_object and group is ResponseGroup.DECLINED
        set_shown(self._apart, objects)
        set_shown(self._objection, objects)

    def _make_row(self) -> ReasonRow:
        place = self._made
        self._made += 1
        row = ReasonRow(self._keys[DIGITS[place]] if place < len(DIGITS) else "")
        row.clicked.connect(lambda: self.response_given.emit(self._codes[place]))
        return row
