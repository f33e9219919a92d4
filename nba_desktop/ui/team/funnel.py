"""How far the recommendations of an agent, or to an action, came."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QGridLayout, QWidget

from nba_desktop.contract.review import Funnel
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_text
from nba_desktop.ui.team.bars import CountBar
from nba_desktop.ui.team.paper import Paper, rich
from nba_desktop.ui.texts.review_words import NOTHING

_ON_PAPER: Final = (420, 12)


class FunnelView(QWidget):
    """A bar for each step, as long as its count, with the count in words beside it."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        self._titles = (
            self.tr("shown"),
            self.tr("addressed"),
            self.tr("decided"),
            self.tr("accepted"),
            self.tr("completed"),
        )
        self._rows = tuple((CountBar(good=step == len(self._titles) - 1), Label()) for step in range(len(self._titles)))
        for number, (bar, words) in enumerate(self._rows):
            grid.addWidget(bar, number, 0)
            grid.addWidget(words, number, 1)

    def show_funnel(self, funnel: Funnel) -> None:
        """Show a funnel."""
        steps = (funnel.shown, funnel.addressed, funnel.decided, funnel.accepted, funnel.completed)
        most = max((step or 0 for step in steps), default=0)
        for (bar, words), title, step in zip(self._rows, self._titles, steps, strict=True):
            bar.show_part(step / most if step and most else 0.0)
            counted = NOTHING if step is None else self._formats.number(step)
            set_text(words, self.tr("{step} {count}").format(step=title, count=counted))

    def put_on(self, paper: Paper) -> None:
        """Put the funnel on paper."""
        paper.table((paper.drawn(bar, *_ON_PAPER), rich(words)) for bar, words in self._rows)
