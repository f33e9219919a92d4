"""The rows of the long timeline: contacts, the months they were in, the media breaks between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import ContactChannel
from nba_desktop.contract.contact import Concern
from nba_desktop.contract.journey import MediaBreak, Touchpoint
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.journey import (
    channel_word,
    experience_word,
    media_break_sentence,
    media_break_title,
    touchpoint_sentence,
)
from nba_desktop.ui.texts.timeline_words import (
    before_call,
    before_call_heading,
    case_words,
    changed_channel,
    nothing_before_call,
)

_DAY: Final = timedelta(days=1)
_LAST_CALL_COUNTS: Final = timedelta(days=30)
"""A call of longer ago says nothing about why the customer calls now."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One touchpoint in words; `case` is its own line, and there only when a click on it leads to more.

    `recent` came before this call, `warns` of what the detail says.
    """

    point: Touchpoint
    sentence: str
    detail: str
    case: str
    spoken: str
    recent: bool
    warns: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above the contacts that belong together; `recent` those before this call."""

    words: str
    recent: bool = False


@dataclass(frozen=True, slots=True)
class Callout:
    """A media break, between the contact that was without result, its `point`, and the one that came instead."""

    point: Touchpoint
    title: str
    words: str


Row = Entry | Heading | Callout


@dataclass(frozen=True, slots=True)
class Journey:
    """What the timeline shows: all touchpoints, newest first, and the breaks worth saying, of a call begun `began`."""

    points: tuple[Touchpoint, ...]
    breaks: tuple[MediaBreak, ...]
    began: datetime


@dataclass(frozen=True, slots=True)
class Filter:
    """Which contacts are shown: those of a channel or of a case, or all."""

    channel: ContactChannel | None = None
    case_id: str | None = None

    def lets(self, point: Touchpoint) -> bool:
        """Whether a contact is shown."""
        return self.channel in (None, point.channel) and self.case_id in (None, point.case_id)


def recent_contacts(journey: Journey) -> tuple[int, Touchpoint | None]:
    """How many of the newest contacts came before this call, and the call they came after; None: within a day."""
    day = sum(1 for _ in _while_newer(journey.points, journey.began - _DAY))
    for place, point in enumerate(journey.points):
        if journey.began - point.at > _LAST_CALL_COUNTS:
            break
        if point.channel is ContactChannel.PHONE and point.type.startswith("call"):
            return (place, point) if place > day else (day, None)
    return day, None


def _while_newer(points: tuple[Touchpoint, ...], since: datetime) -> Iterator[Touchpoint]:
    for point in points:
        if point.at < since:
            return
        yield point


class RowMaker:
    """Makes the rows of a journey; what it has put into words once it keeps, for a filter or a longer journey."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self._entries: dict[tuple[str, bool, bool, int], Entry] = {}
        self._headings: dict[str, Heading] = {}
        self._concerns: tuple[Concern, ...] = ()
        self._began: datetime | None = None

    def rows(self, journey: Journey, concerns: tuple[Concern, ...], chosen: Filter) -> Iterator[Row]:
        """Yield the rows from the newest to the oldest."""
        if concerns != self._concerns or journey.began != self._began:
            self._entries.clear()
            self._concerns, self._began = concerns, journey.began
        recent, last_call = recent_contacts(journey)
        contacts = Counter(point.case_id for point in journey.points if point.case_id)
        unsaid, said = list(journey.breaks), set[str]()
        if chosen == Filter() and journey.points and not recent:
            yield Heading(nothing_before_call(), recent=True)
        newer: Touchpoint | None = None
        heading: Heading | None = None
        for place, point in enumerate(journey.points):
            if chosen.lets(point):
                before = place < recent
                over = Heading(before_call_heading(last_call, self._formats), recent=True) if before else None
                over = over or self._month(point)
                if over != heading:
                    heading = over
                    yield over
                callout = self._callout(point, _take(unsaid, point), newer, said)
                if callout is not None:
                    yield callout
                yield self._entry(point, before, callout is not None, contacts[point.case_id] if point.case_id else 0)
            newer = point

    def _month(self, point: Touchpoint) -> Heading:
        month = self._formats.month(self._formats.local_day(point.at))
        return self._headings.setdefault(month, Heading(month))

    def _callout(
        self, point: Touchpoint, known: MediaBreak | None, newer: Touchpoint | None, said: set[str]
    ) -> Callout | None:
        if known is not None:
            words = media_break_sentence(known, self._formats, self._concerns)
            if words in said:
                # Two letters, each followed by a call, make the same sentence: the newer says it.
                return None
            said.add(words)
            return Callout(point, media_break_title(known), words)
        if not point.media_break:
            return None
        later = newer.channel if newer else None
        if later is point.channel:
            return None
        return Callout(point, QCoreApplication.translate("texts", "Media break"), changed_channel(point.channel, later))

    def _entry(self, point: Touchpoint, recent: bool, called_out: bool, contacts: int) -> Entry:
        key = (point.touchpoint_id, recent, called_out, contacts)
        entry = self._entries.get(key)
        if entry is None or entry.point is not point:
            entry = self._entries[key] = self._in_words(point, recent, called_out, contacts)
        return entry

    def _in_words(self, point: Touchpoint, recent: bool, called_out: bool, contacts: int) -> Entry:
        formats = self._formats
        day, time, sentence = (
            formats.day(point.at),
            formats.time(point.at),
            touchpoint_sentence(point, formats, self._concerns),
        )
        case = case_words(point.case_open, contacts) if contacts else ""
        leads = contacts > 1
        ago = before_call(self._began - point.at) if recent and self._began and self._began - point.at < _DAY else ""
        media_break = QCoreApplication.translate("TimelineModel", "Media break") if point.media_break else ""
        channel = channel_word(point.channel)
        shown = (f"{day}, {time}", channel, ago, "" if called_out else media_break, "" if leads else case)
        said = (time, channel, ago, media_break, case)
        return Entry(
            point=point,
            sentence=sentence,
            detail="\u00a0· ".join(filter(None, shown)),
            case=case if leads else "",
            spoken=f"{day}: {sentence}, {' · '.join(filter(None, said))}, {experience_word(point.experience)}",
            recent=recent,
            warns=(point.media_break and not called_out) or (point.case_open and not leads),
        )


def _take(breaks: list[MediaBreak], point: Touchpoint) -> MediaBreak | None:
    """Take the break of a touchpoint off those left; of one moment the types tell them apart."""
    for one in breaks:
        if one.at == point.at and one.params.get("type", point.type) == point.type:
            breaks.remove(one)
            return one
    return None


def until(count: int, is_late: Callable[[], bool], rows: Iterator[Row]) -> list[Row]:
    """Take rows: at least `count`, and more until it is late."""
    taken: list[Row] = []
    for row in rows:
        taken.append(row)
        if len(taken) >= count and is_late():
            break
    return taken
