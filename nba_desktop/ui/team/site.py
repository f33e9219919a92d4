"""The site's page: a small plot for each figure, talk time beside acceptance, and the ways that lead to calls."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from nba_desktop.contract.review import JourneyFlow, SiteFigures, TalkTime
from nba_desktop.domain.blocks import BlockState, BlockStatus
from nba_desktop.domain.site_figures import SiteState, site_periods
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.blocks import BlockMessage, Frame
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.team.bar_list import BarLine, BarList
from nba_desktop.ui.team.bars import CountBar, IntervalBar
from nba_desktop.ui.team.choice import Choice
from nba_desktop.ui.team.paper import Paper, rich
from nba_desktop.ui.team.plots import Trend, TrendPlot
from nba_desktop.ui.team.printing import PrintButton
from nba_desktop.ui.team.trends import Trends
from nba_desktop.ui.team.weeks_table import WeeksTable
from nba_desktop.ui.texts.failures import failure
from nba_desktop.ui.texts.review_words import counts, rate_in_full, share, weeks_words
from nba_desktop.ui.texts.site_words import bin_words, path_words
from nba_desktop.ui.theme import scaled

_MARGIN: Final = 16
_LEAST_CARD: Final = 270
_MOST_COLUMNS: Final = 4
_BESIDE: Final = 700
_ON_PAPER: Final = (230, 110)
_BESIDE_ON_PAPER: Final = 4


class TrendCard(Frame):
    """One figure: its name, its newest value, its plot, or why there is none."""

    def __init__(self) -> None:
        super().__init__("card", margins=(12, 8, 12, 8))
        self.body.setSpacing(2)
        self._title = Label(role="small", variant="muted", wrap=True)
        self._value = Label(role="title")
        self._week = Label(role="small", variant="muted")
        line = QWidget()
        row = FlowLayout(line, spacing=6, line_spacing=0)
        row.addWidget(self._value)
        row.addWidget(self._week)
        self._line = line
        self._plot = TrendPlot()
        self._empty = Label(role="small", variant="muted", wrap=True)
        for widget in (self._title, line, self._plot, self._empty):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def show_trend(self, trend: Trend) -> None:
        """Show a figure over the weeks."""
        set_text(self._title, trend.title)
        last = trend.last
        for widget in (self._line, self._plot):
            set_shown(widget, last is not None)
        set_shown(self._empty, last is None)
        if last is None:
            set_text(self._empty, trend.empty)
            set_named(self, f"{trend.title}: {trend.empty}")
            return
        set_text(self._value, last.words)
        since = self.tr("in the week from {day}").format(day=last.week)
        set_text(self._week, " · ".join(one for one in (last.counted, since) if one))
        spoken = self.tr("{figure} {since}; every week stands in the table below").format(
            figure=last.spoken, since=since
        )
        self._plot.show_trend(trend, spoken)
        set_named(self, f"{trend.title}: {last.spoken} {since}")

    def cell(self, paper: Paper) -> str:
        """The figure on paper."""
        title = f"<b>{rich(self._title)}</b><br>"
        if self._line.isHidden():
            return f"{title}{rich(self._empty)}"
        return f"{title}{rich(self._value)} {rich(self._week)}<br>{paper.drawn(self._plot, *_ON_PAPER)}"


class SitePage(QWidget):
    """Shows the state of the site; wishes go out as signals."""

    period_chosen = Signal(object)
    retry_asked = Signal()
    print_asked = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self.setProperty("role", "ground")
        self._shown: SiteFigures | None = None
        self._period: Choice[object] = Choice(self.tr("Period"))
        self._period.chosen.connect(self.period_chosen)
        self._print = PrintButton()
        self._print.clicked.connect(lambda: self.print_asked.emit())
        self._until = Label(role="small", variant="muted", wrap=True)
        self._message, self._talk_message, self._flow_message = BlockMessage(), BlockMessage(), BlockMessage()
        for message in (self._message, self._talk_message, self._flow_message):
            message.retry_clicked.connect(self.retry_asked)
        self._cards: list[TrendCard] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        self._columns = 0
        self._talk, self._flow = (
            BarList(self.tr("Talk time and acceptance")),
            BarList(self.tr("Ways that lead to calls")),
        )
        self._rules = BarList(self.tr("Found before calls"))
        self._table = WeeksTable()
        self._table_card = Frame("card", margins=(1, 1, 1, 1))
        self._table_card.body.addWidget(self._table)
        self._pair = QGridLayout()
        self._pair.setSpacing(10)
        self._beside: bool | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        column.setSpacing(10)
        column.addWidget(self._make_head())
        column.addWidget(self._message)
        column.addLayout(self._grid)
        self._talk.body.addWidget(self._talk_message)
        self._flow.body.addWidget(self._flow_message)
        column.addLayout(self._pair)
        column.addWidget(self._rules)
        column.addWidget(self._table_card)
        column.addStretch(1)
        self.set_room(scaled(_BESIDE))

    def _make_head(self) -> QWidget:
        head = QWidget()
        row = FlowLayout(head, spacing=8, line_spacing=6)
        self._title = Label(self.tr("Site: all teams together"), role="title")
        row.addWidget(self._title)
        row.addWidget(self._until)
        row.add_right(self._period)
        row.add_right(self._print)
        return head

    def put_on(self, paper: Paper) -> None:
        """Put the page on paper: the plots, and every value behind them."""
        paper.title(self._title.text())
        paper.words(self._period.accessibleName())
        paper.label(self._until)
        cells = [card.cell(paper) for card in self._cards if not card.isHidden()]
        paper.table(cells[first : first + _BESIDE_ON_PAPER] for first in range(0, len(cells), _BESIDE_ON_PAPER))
        for card in (self._talk, self._flow, self._rules):
            if not card.isHidden():
                card.put_on(paper)
        self._table.put_on(paper)

    def show_state(self, state: SiteState, *, may_print: bool) -> None:
        """Show the whole state."""
        figures = state.weeks
        set_shown(self._print, may_print)
        set_shown(self._period, figures is not None)
        set_shown(self._table_card, figures is not None)
        if figures is not None:
            chosen = state.period or figures.period
            offered = [(one, weeks_words(one, self._formats)) for one in site_periods(figures.period)]
            self._period.show_values(offered, chosen)
            set_text(self._until, self._until_words(figures, state.weeks_block))
            self._show_figures(figures)
        set_shown(self._until, figures is not None)
        self._say(self._message, state.weeks_block, figures is not None)
        for card, message, block, known in (
            (self._talk, self._talk_message, state.talk_time_block, state.talk_time is not None),
            (self._flow, self._flow_message, state.flow_block, state.flow is not None),
        ):
            self._say(message, block, known)
            set_shown(card, figures is not None or known)
        if state.talk_time is not None:
            self._show_talk_time(state.talk_time)
        set_shown(self._rules, state.flow is not None and bool(state.flow.rules))
        if state.flow is not None:
            self._show_flow(state.flow)
            self._show_rules(state.flow)

    def _say(self, message: BlockMessage, block: BlockState, known: bool) -> None:
        failed = block.failure
        if failed is not None and known:
            words = self.tr("These figures are older than your choice. {why}").format(why=failure(failed))
            message.show_message("alert", words, retry=True)
        elif failed is not None:
            message.show_message("alert", failure(failed), retry=True)
        else:
            message.show_message("clock", self.tr("The figures are being counted …"))
        set_shown(message, failed is not None or not known)

    def _until_words(self, figures: SiteFigures, block: BlockState) -> str:
        if block.status is BlockStatus.LOADING:
            return self.tr("Counting …")
        if not figures.left_out_weeks:
            return ""
        return self.tr("%n week(s) of too few agents are not shown.", "", figures.left_out_weeks)

    def _show_figures(self, figures: SiteFigures) -> None:
        if figures == self._shown:
            return
        self._shown = figures
        trends = Trends(figures, self._formats).all()
        while len(self._cards) < len(trends):
            self._cards.append(TrendCard())
            self._place(len(self._cards) - 1)
        for number, card in enumerate(self._cards):
            set_shown(card, number < len(trends))
        for card, trend in zip(self._cards, trends, strict=False):
            card.show_trend(trend)
        self._table.show_trends(trends)

    def _show_talk_time(self, talk_time: TalkTime) -> None:
        formats = self._formats
        lines: list[BarLine] = []
        for one in talk_time.bins:
            bar = IntervalBar()
            bar.show_rate(one.acceptance)
            beside = share(one.acceptance, formats)
            lines.append(
                (
                    bin_words(one, formats),
                    bar,
                    beside,
                    counts(one.acceptance, formats),
                    rate_in_full(one.acceptance, formats),
                )
            )
        self._talk.show_lines(
            self.tr(
                "Acceptance of opportunity calls by their length. This is a correlation: a call also lasts longer "
                "because something is being agreed. Longer talks do not by themselves lead to more acceptance."
            ),
            lines,
            "",
        )

    def _show_flow(self, flow: JourneyFlow) -> None:
        formats = self._formats
        most = max((path.calls for path in flow.paths), default=1)
        lines: list[BarLine] = []
        for path in flow.paths:
            bar = CountBar()
            bar.show_part(path.calls / most)
            number = formats.number(path.calls)
            breaks = self.tr("media break {share}").format(share=share(path.media_breaks, formats))
            lines.append(
                (
                    path_words(path),
                    bar,
                    number,
                    breaks,
                    self.tr("{number} calls, {breaks}").format(number=number, breaks=breaks),
                )
            )
        words = self.tr(
            "The last {steps} contacts within {days} days before a call. Of {calls} calls {without} had none."
        ).format(
            steps=flow.steps,
            days=flow.days,
            calls=formats.number(flow.calls),
            without=formats.number(flow.without),
        )
        hidden = self.tr("%n call(s) came by rarer ways, which are not shown.", "", flow.hidden) if flow.hidden else ""
        self._flow.show_lines(words, lines, hidden)

    def _show_rules(self, flow: JourneyFlow) -> None:
        """The site's own rules of the journey, and before how many calls each found something."""
        formats = self._formats
        lines: list[BarLine] = []
        for rule in flow.rules:
            bar = IntervalBar()
            bar.show_rate(rule.calls)
            name = self.tr("asked again: {rule}") if rule.repeat else self.tr("media break: {rule}")
            lines.append(
                (
                    name.format(rule=rule.names.get(formats.language) or rule.code),
                    bar,
                    share(rule.calls, formats),
                    counts(rule.calls, formats),
                    rate_in_full(rule.calls, formats),
                )
            )
        words = self.tr("What the rules of the catalogue found within {days} days before a call.")
        self._rules.show_lines(words.format(days=flow.days), lines, "")

    def set_room(self, width: int) -> None:
        """Take as many columns as fit into a width."""
        columns = min(_MOST_COLUMNS, max(1, width // scaled(_LEAST_CARD)))
        if columns != self._columns:
            for place in range(self._columns):
                self._grid.setColumnStretch(place, 0)
            self._columns = columns
            for place in range(columns):
                self._grid.setColumnStretch(place, 1)
            for number in range(len(self._cards)):
                self._place(number)
        beside = width >= scaled(_BESIDE)
        if beside != self._beside:
            self._beside = beside
            self._pair.addWidget(self._talk, 0, 0)
            self._pair.addWidget(self._flow, 0 if beside else 1, 1 if beside else 0)
            for place, stretch in enumerate((1, 1 if beside else 0)):
                self._pair.setColumnStretch(place, stretch)

    def _place(self, number: int) -> None:
        self._grid.addWidget(self._cards[number], number // self._columns, number % self._columns)
