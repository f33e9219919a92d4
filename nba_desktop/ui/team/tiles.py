"""The figures of everything that is reviewed, one tile each."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from nba_desktop.contract.review import Figures, Rate
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.team.paper import Paper, rich
from nba_desktop.ui.texts.review_words import NOTHING, counts, limits, rate_in_full, share
from nba_desktop.ui.theme import scaled

_LEAST = 150


class Tile(Frame):
    """One figure: what it is, how much, and beneath what it was computed from."""

    def __init__(self, title: str) -> None:
        super().__init__("card", margins=(10, 8, 10, 8))
        self._title = title
        self.body.setSpacing(2)
        self.body.addWidget(Label(title, "small", "muted", wrap=True))
        self._value = Label(role="title")
        self._beside = Label(role="small", variant="muted")
        line = QWidget()
        row = FlowLayout(line, spacing=4, line_spacing=0)
        self._second = Label(role="title")
        for label in (self._value, self._second, self._beside):
            row.addWidget(label)
        self.body.addWidget(line)
        self._beneath = Label(role="small", variant="muted", wrap=True)
        self.body.addWidget(self._beneath)
        self.body.addStretch(1)

    def show_words(self, value: str, beside: str, beneath: str, spoken: str, second: str = "") -> None:
        """Show the figure, or two; `spoken` is what a screen reader says of the whole tile."""
        set_text(self._value, value)
        set_text(self._second, second)
        set_shown(self._second, bool(second))
        set_shown(self._beside, bool(beside))
        set_text(self._beside, beside)
        set_text(self._beneath, beneath)
        set_named(self, f"{self._title}: {spoken}", spoken)

    def cells(self) -> tuple[str, str, str]:
        """The cells on paper: what it is, how much, and what it was computed from."""
        figure = " ".join(one.text() for one in (self._value, self._second, self._beside) if one.text())
        return escape(self._title), f"<b>{escape(figure)}</b>", rich(self._beneath)


class Tiles(QWidget):
    """The six figures of the review, in as many columns as there is room for."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._opportunities = Tile(self.tr("Opportunity calls"))
        self._presentation = Tile(self.tr("Presentation rate"))
        self._per_opportunity = Tile(self.tr("Acceptance per opportunity"))
        self._conversion = Tile(self.tr("Conversion rate"))
        self._coverage = Tile(self.tr("Response coverage"))
        self._consent = Tile(self.tr("Consent: asked / yes"))
        self._tiles = (
            self._opportunities,
            self._presentation,
            self._per_opportunity,
            self._conversion,
            self._coverage,
            self._consent,
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        outer.addLayout(self._grid)
        self._columns = 0
        self._arrange(len(self._tiles))

    def show_figures(self, figures: Figures) -> None:
        """Show the figures of the team, or of one agent on his own page."""
        formats = self._formats
        opportunities = NOTHING if figures.opportunities is None else formats.number(figures.opportunities)
        calls = "" if figures.calls is None else self.tr("of {calls} calls").format(calls=formats.number(figures.calls))
        self._opportunities.show_words(opportunities, "", calls, f"{opportunities} {calls}".strip())
        self._show(self._presentation, figures.presentation)
        self._show(self._per_opportunity, figures.per_opportunity)
        self._show(self._conversion, figures.conversion, self.tr("matured: {counts}"))
        self._show(self._coverage, figures.coverage)
        asked, granted, confirmed = figures.consent_asked, figures.consent_granted, figures.consent_confirmed
        self._consent.show_words(
            f"{share(asked, formats)} /",
            "",
            "\n".join(
                line
                for line in (
                    _unbroken(counts(asked, formats), counts(granted, formats)),
                    _unbroken(
                        self.tr("confirmed {share}").format(share=share(confirmed, formats)), counts(confirmed, formats)
                    ),
                )
                if line
            ),
            self.tr("asked {asked}; granted {granted}; confirmed {confirmed}").format(
                asked=rate_in_full(asked, formats),
                granted=rate_in_full(granted, formats),
                confirmed=rate_in_full(confirmed, formats),
            ),
            share(granted, formats),
        )

    def _show(self, tile: Tile, rate: Rate, words: str = "{counts}") -> None:
        formats = self._formats
        counted = counts(rate, formats)
        tile.show_words(
            share(rate, formats),
            limits(rate, formats),
            words.format(counts=counted) if counted else "",
            rate_in_full(rate, formats),
        )

    def put_on(self, paper: Paper) -> None:
        """Put the figures on paper, beside each other."""
        paper.table(zip(*(tile.cells() for tile in self._tiles), strict=True))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for place in range(self._columns):
            self._grid.setColumnStretch(place, 0)
        self._columns = columns
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, number // columns, number % columns)
        for place in range(columns):
            self._grid.setColumnStretch(place, 1)

    def set_room(self, width: int) -> None:
        """Take as many columns as fit into a width; rows are filled evenly."""
        fitting = max(1, width // scaled(_LEAST))
        self._arrange(next(columns for columns in (6, 3, 2, 1) if columns <= fitting))


def _unbroken(*parts: str) -> str:
    """Parts beside each other that break at the dots between them, and at no other place."""
    return "\u00a0· ".join(one.replace(" ", "\u00a0") for one in parts if one)
