"""What stands in the panel's place when it may not work: why, what that means, and who does what about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.domain.blocked import Blocked
from nba_desktop.ui.icons import Icon
from nba_desktop.ui.panel.page_scroll import PageScroll
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.problem_box import ProblemBox
from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, SectionHeader
from nba_desktop.ui.setters import set_shown, set_text
from nba_desktop.ui.texts.blocked_words import (
    blocked_facts,
    blocked_sentence,
    blocked_text,
    blocked_title,
    blocked_way_out,
)

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class _Fact(QWidget):
    """A name and its value, side by side as far as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._name = Label(role="small", variant="muted", wrap=True)
        self._value = Label(role="smallstrong", wrap=True)
        row = FlowLayout(self, spacing=12, line_spacing=0)
        row.add_stretched(self._name, ems=7)
        row.addWidget(self._value)

    def show_fact(self, name: str, value: str) -> None:
        set_text(self._name, name)
        set_text(self._value, value)


class BlockedView(PageScroll):
    """One view for whatever blocks; `settings_clicked` is the wish to see what is in force."""

    settings_clicked = Signal()

    def __init__(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "ground")
        super().__init__(inside)
        self._blocked: Blocked | None = None
        icon = Icon("alert", 32)
        icon.setProperty("variant", "bad")
        self._title = Label(role="title", wrap=True)
        self._sentence = Label(variant="muted", wrap=True)
        self._way_out = Label(role="strong", wrap=True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(icon, 0, _CENTRE)
        for label in (self._title, self._sentence, self._way_out):
            label.setAlignment(_CENTRE)
            column.addWidget(label)
        column.addSpacing(4)
        column.addLayout(self._make_buttons())
        self._said = Label(role="small", variant="good", wrap=True)
        self._said.setAlignment(_CENTRE)
        self._said.setMinimumHeight(1)
        column.addWidget(self._said)
        column.addWidget(self._make_details())
        column.addStretch(3)

    def _make_buttons(self) -> FlowLayout:
        copy = Button(self.tr("Copy for the help desk"), variant="primary", icon="copy")
        copy.clicked.connect(self._on_copy)
        settings = Button(self.tr("Settings in force"), icon="info")
        settings.clicked.connect(self.settings_clicked)
        buttons = FlowLayout(spacing=8, line_spacing=8, centred=True)
        buttons.addWidget(copy)
        buttons.addWidget(settings)
        return buttons

    def _make_details(self) -> QWidget:
        details = QWidget()
        details.setProperty("role", "plain")
        card = Frame("card", margins=(10, 8, 10, 8))
        card.body.setSpacing(6)
        facts, problems = QVBoxLayout(), QVBoxLayout()
        facts.setSpacing(3)
        problems.setSpacing(8)
        card.body.addLayout(facts)
        card.body.addLayout(problems)
        self._facts = Pool(facts, _Fact, ready=0)
        self._problems = Pool(problems, ProblemBox, ready=0)
        column = QVBoxLayout(details)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(SectionHeader(self.tr("Details for your IT department")))
        column.addWidget(card)
        self._details = details
        return details

    def show_blocked(self, blocked: Blocked) -> None:
        """Show why the panel may not work."""
        if blocked == self._blocked:
            return
        self._blocked = blocked
        set_text(self._title, blocked_title(blocked))
        set_text(self._sentence, blocked_sentence(blocked))
        set_text(self._way_out, blocked_way_out(blocked))
        set_text(self._said, "")
        facts = blocked_facts(blocked)
        for row, fact in zip(self._facts.shown(len(facts)), facts, strict=True):
            row.show_fact(*fact)
        for box, problem in zip(self._problems.shown(len(blocked.problems)), blocked.problems, strict=True):
            box.show_problem(problem)
        set_shown(self._details, bool(facts or blocked.problems))

    def _on_copy(self) -> None:
        if self._blocked is None:
            return
        QGuiApplication.clipboard().setText(blocked_text(self._blocked))
        said = self.tr("It is on the clipboard.")
        set_text(self._said, said)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
