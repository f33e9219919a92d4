"""The experiment of an action: what customers completed in each group, drawn and in words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from nba_desktop.contract.review import ArmRow
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.labels import Label, RichLabel, plain, strong
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.team.bars import IntervalBar, scale_end
from nba_desktop.ui.team.paper import Paper, rich
from nba_desktop.ui.texts.experiment_words import CONTROL, arm_words, lift_statement, lift_words, plan_words
from nba_desktop.ui.texts.review_words import counts, rate_in_full, share

_ON_PAPER: Final = (260, 18)
_ROWS: Final = 3


class _Arm:
    """One group: its name, how many completed the action, the interval drawn, and beneath what that comes to."""

    def __init__(self, formats: Formats, grid: QGridLayout, row: int) -> None:
        self._formats = formats
        self._name, self._value = Label(role="strong", wrap=True), Label(role="small")
        self._bar, self._counted = IntervalBar(), Label(role="small", variant="muted")
        self._words = RichLabel(role="small")
        grid.addWidget(self._name, row, 0, 1, 3)
        grid.addWidget(self._value, row + 1, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._bar, row + 1, 1)
        grid.addWidget(self._counted, row + 1, 2)
        grid.addWidget(self._words, row + 2, 0, 1, 3)

    def hide(self) -> None:
        """Take it from the screen."""
        for widget in (self._name, self._value, self._bar, self._counted, self._words):
            set_shown(widget, False)

    def show_arm(self, row: ArmRow, control: ArmRow | None, most: float) -> None:
        """Show a group beside the control group, on a scale that ends at `most`."""
        formats = self._formats
        beside = control is not None and control is not row and not control.rate.hidden
        set_text(self._name, arm_words(row.arm))
        set_text(self._value, share(row.rate, formats))
        set_text(self._counted, counts(row.rate, formats))
        self._bar.show_rate(row.rate, control.rate.value if control is not None and beside else None, most)
        set_named(self._value, f"{arm_words(row.arm)}: {rate_in_full(row.rate, formats)}")
        lift = lift_words(row, formats)
        lines = (
            f"{strong(lift_statement(row) + ':')} {plain(lift)}" if lift else "",
            plain(plan_words(row, control, formats)),
        )
        words = "<br>".join(line for line in lines if line)
        set_text(self._words, words)
        for widget in (self._name, self._value, self._bar, self._counted):
            set_shown(widget, True)
        set_shown(self._words, bool(words))

    def rows(self, paper: Paper) -> list[tuple[str, ...]]:
        """The rows of the group on paper."""
        figures = rich(self._name), rich(self._value), paper.drawn(self._bar, *_ON_PAPER), rich(self._counted)
        return [figures] if self._words.isHidden() else [figures, (rich(self._words),)]


class ArmsView(QWidget):
    """The groups under each other; the control group is drawn dashed into the others."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        self._arms: list[_Arm] = []
        self._shown = 0
        self._about = Label(role="small", variant="muted", wrap=True)
        column.addWidget(self._about)

    def show_arms(self, rows: tuple[ArmRow, ...]) -> None:
        """Show groups in place of those before."""
        control = next((row for row in rows if row.arm == CONTROL), None)
        most = scale_end(row.rate.high or 0.0 for row in rows)
        while len(self._arms) < len(rows):
            self._arms.append(_Arm(self._formats, self._grid, _ROWS * len(self._arms)))
        for arm, row in zip(self._arms, rows, strict=False):
            arm.show_arm(row, control, most)
        self._shown = len(rows)
        for arm in self._arms[len(rows) :]:
            arm.hide()
        set_text(self._about, self._about_words(rows, control))

    def put_on(self, paper: Paper) -> None:
        """Put the groups on paper."""
        paper.table(row for arm in self._arms[: self._shown] for row in arm.rows(paper))
        paper.label(self._about)

    def _about_words(self, rows: tuple[ArmRow, ...], control: ArmRow | None) -> str:
        if not rows:
            return self.tr("There are no calls yet whose time to be completed is over.")
        if control is None or control.rate.hidden:
            return self.tr("There are too few calls without a recommendation to compare with.")
        return self.tr("Counted is who completed the action soon after the call; dashed: the control group.")
