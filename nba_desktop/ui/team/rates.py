"""Every rate of an agent or an action, each with its counts and its interval."""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from nba_desktop.contract.review import Figures, Handling, Rate
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.team.bars import IntervalBar
from nba_desktop.ui.team.paper import Paper, rich
from nba_desktop.ui.texts.review_words import counts, mean, rate_in_full, share

_ON_PAPER: Final = (260, 18)


class RatesView(QWidget):
    """A line for each rate: its name, how much, its interval drawn, and its counts."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._names = (
            self.tr("Presentation rate"),
            self.tr("Offer rate"),
            self.tr("Acceptance rate"),
            self.tr("Acceptance per opportunity"),
            self.tr("Conversion rate"),
            self.tr("Response coverage"),
            self.tr("Consent asked"),
            self.tr("Consent given"),
            self.tr("Consent confirmed"),
            self.tr("Follow-up kept"),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(2, 2)
        self._titles = tuple(Label(name, "small", wrap=True) for name in self._names)
        self._lines = tuple(
            (Label(role="small"), IntervalBar(), Label(role="small", variant="muted")) for _ in self._names
        )
        for number, (title, (value, bar, counted)) in enumerate(zip(self._titles, self._lines, strict=True)):
            grid.addWidget(title, number, 0)
            grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(bar, number, 2)
            grid.addWidget(counted, number, 3)
        self._times = Label(role="small", wrap=True)
        grid.addWidget(self._times, len(self._names), 0, 1, 4)

    def show_figures(self, figures: Figures) -> None:
        """Show the rates of some calls."""
        rates = (
            figures.presentation,
            figures.offer,
            figures.acceptance,
            figures.per_opportunity,
            figures.conversion,
            figures.coverage,
            figures.consent_asked,
            figures.consent_granted,
            figures.consent_confirmed,
            figures.follow_up_kept,
        )
        formats = self._formats
        for name, (value, bar, counted), rate in zip(self._names, self._lines, rates, strict=True):
            set_text(value, share(rate, formats))
            bar.show_rate(rate)
            set_text(counted, counts(rate, formats))
            set_named(value, f"{name}: {rate_in_full(rate, formats)}")
        # Promises are made for a call, not for an action: its page has no such figure.
        known = figures.follow_up_kept != Rate()
        for widget in (self._titles[-1], *self._lines[-1]):
            set_shown(widget, known)
        set_text(
            self._times,
            self.tr("Average handle time {with_action} with an action, {without} without.").format(
                with_action=self._handling(figures.with_action), without=self._handling(figures.without_action)
            ),
        )

    def put_on(self, paper: Paper) -> None:
        """Put the rates on paper."""
        paper.table(
            (escape(name), rich(value), paper.drawn(bar, *_ON_PAPER), rich(counted))
            for name, (value, bar, counted) in zip(self._names, self._lines, strict=True)
            if not value.isHidden()
        )
        paper.label(self._times)

    def _handling(self, handling: Handling) -> str:
        formats = self._formats
        parts = (
            (self.tr("talk {time}"), handling.talk),
            (self.tr("hold {time}"), handling.hold),
            (self.tr("after-call work {time}"), handling.after_call_work),
        )
        known = ", ".join(words.format(time=mean(one, formats)) for words, one in parts if one.mean_s is not None)
        whole = mean(handling.handling, formats)
        return f"{whole} ({known})" if known else whole
