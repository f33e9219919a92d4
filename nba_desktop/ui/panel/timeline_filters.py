"""What the long timeline may be filtered by: a channel, or a case."""

from __future__ import annotations

from collections import Counter
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nba_desktop.contract.codes import ContactChannel
from nba_desktop.contract.journey import Touchpoint
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.journey_strip import CHANNEL_ICONS
from nba_desktop.ui.panel.timeline_rows import Filter
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.setters import set_named, set_shown
from nba_desktop.ui.texts.journey import channel_word
from nba_desktop.ui.texts.timeline_words import case_chip

_CASES: Final = 3
_ROWS_WITH_WORDS: Final = 3


class TimelineFilters(QWidget):
    """Chips for every channel and open case of the journey; where they would take too much room, channels by icon."""

    chosen = Signal(object)

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._words: dict[ContactChannel | None, str] = {
            None: self.tr("All", "channels"),
            **{channel: channel_word(channel) for channel in ContactChannel},
        }
        self._flow = FlowLayout(self)
        self._channels = {channel: self._channel_chip(channel) for channel in self._words}
        self._cases = [Button(role="chip", icon="thread") for _ in range(_CASES + 1)]
        self._shown_cases: tuple[Touchpoint, ...] = ()
        for place, chip in enumerate(self._cases):
            chip.clicked.connect(lambda _=False, place=place: self._on_case(place))
        for chip in (*self._channels.values(), *self._cases):
            self._flow.addWidget(chip)
        self._filter = Filter()

    def _channel_chip(self, channel: ContactChannel | None) -> Button:
        chip = Button(self._words[channel], role="chip", icon=CHANNEL_ICONS[channel] if channel else "")
        chip.clicked.connect(lambda: self.chosen.emit(Filter(channel=channel)))
        return chip

    def show_filter(self, points: tuple[Touchpoint, ...], chosen: Filter) -> None:
        """Show what there is to filter by, and what is chosen."""
        self._filter = chosen
        present = Counter(point.channel for point in points)
        for channel, chip in self._channels.items():
            set_shown(chip, channel is None or channel in present)
            chip.set_on(chosen == Filter(channel=channel))
        self._shown_cases = _cases(points, chosen.case_id)
        for chip, since in zip(self._cases, self._shown_cases, strict=False):
            words = case_chip(since.case_open, since, self._formats)
            chip.set_text(words)
            set_named(chip, self.tr("Only this case: {case}").format(case=words))
            chip.set_on(since.case_id == chosen.case_id)
        for place, chip in enumerate(self._cases):
            set_shown(chip, place < len(self._shown_cases))
        self.fit(self.width())

    def fit(self, width: int) -> None:
        """Choose between words and icons for a width that the chips are going to have."""
        self._show_words(True)
        row = self._channels[None].sizeHint().height()
        self._show_words(self._flow.heightForWidth(max(1, width)) < _ROWS_WITH_WORDS * (row + 5))

    def _show_words(self, shown: bool) -> None:
        for channel, chip in self._channels.items():
            words = self._words[channel]
            chip.set_text(words if shown or channel is None else "")
            set_named(chip, words, "" if shown or channel is None else words)
        self._flow.invalidate()
        self.updateGeometry()

    def _on_case(self, place: int) -> None:
        case_id = self._shown_cases[place].case_id
        self.chosen.emit(Filter() if case_id == self._filter.case_id else Filter(case_id=case_id))


def _cases(points: tuple[Touchpoint, ...], chosen: str | None) -> tuple[Touchpoint, ...]:
    """The oldest contact of each of the newest open cases, and of the chosen case."""
    oldest: dict[str, Touchpoint] = {}
    for point in points:
        if point.case_id is not None and (point.case_open or point.case_id == chosen):
            oldest[point.case_id] = point
    newest = tuple(oldest.values())[:_CASES]
    chosen_one = oldest.get(chosen) if chosen else None
    return newest if chosen_one is None or chosen_one in newest else (*newest, chosen_one)
