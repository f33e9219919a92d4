"""What must hold at the panel whatever was done before."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import CallFlag, Speaker
from nba_desktop.contract.events import (
    AnyEvent,
    CallFlagged,
    ConcernChosen,
    ConcernSolved,
    ContactNoteWritten,
    FollowUpCancelled,
    FollowUpPlanned,
    ResponseRecorded,
    ResponseRetracted,
    SpeakerNamed,
)
from nba_desktop.domain.contact import ContactState
from nba_desktop.ui.primitives.chips import Chip
from tests.widget.monkey.world import World, secret_of

MOST_WIDGETS: Final = 2_500
_CATALOGUE: Final = Path(__file__).parents[3] / "translations" / "nba_de.ts"
_LEAST_LETTERS: Final = 5
_SECRET: Final = re.compile(r"(?<!\d)7\d{5}(?!\d)")
_IN_EVERY_LANGUAGE: Final = frozenset({"Deutsch", "English"})


class Checks:
    """Looks at the panel after each step; raises `AssertionError` for the first thing that is wrong."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.most = 0

    def look(self) -> None:
        """Look at everything."""
        self._windows()
        self._focus()
        texts = list(self._texts())
        self._language(texts)
        self._secrets(texts)
        self._events()
        self._count()

    def _windows(self) -> None:
        window, app = self._world.window, self._world.app
        assert window.isVisible()
        assert app.activeModalWidget() is None, "a modal dialog"
        popup = Qt.WindowType.Popup  # such as the list below a field that is typed in
        others = [
            one for one in app.topLevelWidgets() if one.isVisible() and one is not window and one.windowType() != popup
        ]
        assert not others, f"another window: {others}"

    def _focus(self) -> None:
        app, window = QApplication.focusWidget(), self._world.window.focusWidget()
        assert app is window or app is None, f"the keyboard is in {type(app).__name__} and in {type(window).__name__}"
        for holder in (app, window):
            if holder is not None:
                name = f"{type(holder).__name__} {holder.accessibleName()!r}"
                assert holder.isVisible(), f"the keyboard is in something hidden: {name}"
                assert holder.isEnabled(), f"the keyboard is in something disabled: {name}"

    def _texts(self) -> Iterator[tuple[QWidget, str]]:
        """Everything on the screen that can be read or heard."""
        for widget in self._world.window.findChildren(QWidget):
            if not widget.isVisible():
                continue
            if isinstance(widget, QLabel | QAbstractButton | Chip):
                yield widget, widget.text()
            if isinstance(widget, QLineEdit | QPlainTextEdit):
                yield widget, widget.placeholderText()
            yield widget, widget.toolTip()
            yield widget, widget.accessibleName()
            yield widget, widget.accessibleDescription()

    def _language(self, texts: list[tuple[QWidget, str]]) -> None:
        language = self._world.preferring.setup.language
        # What the backend says comes in another language when it answers.
        of_the_catalogue = {concern.label for concern in self._world.session.state.concerns}
        for widget, text in texts:
            plain = re.sub(r"<[^>]*>", "", text).replace("\u00a0", " ").strip()
            if plain in of_the_catalogue or _SECRET.search(plain):
                continue
            assert not is_foreign(plain, language), f"not in {language}: {plain!r} in {_way(widget)}"

    def _secrets(self, texts: list[tuple[QWidget, str]]) -> None:
        """What is shown of a customer belongs to the call on the screen, and to nobody who is not known to be him."""
        contact = self._world.session.state.contact
        known = contact is not None and contact.authenticated and contact.speaker is not Speaker.UNAUTHORISED
        allowed = secret_of(contact.contact_id) if contact is not None and known else None
        for widget, text in texts:
            for number in _SECRET.findall(re.sub(r"(?<=\d)[.,\s\u00a0\u202f](?=\d)", "", text)):
                assert number == str(allowed), f"{number} of another call or of nobody: {text!r} in {_way(widget)}"

    def _events(self) -> None:
        by_contact: dict[object, list[AnyEvent]] = defaultdict(list)
        for event in self._world.outbox.events:
            by_contact[event.contact_id].append(event)
        for contact in self._world.session.state.contacts:
            events = by_contact[contact.contact_id]
            numbers = [event.seq for event in events]
            assert len(set(numbers)) == len(numbers), f"two events with one number: {numbers}"
            if self._world.outbox.broken is None and events and events[0].type == "contact_started":
                _compare(contact, events)

    def _count(self) -> None:
        count = len(self._world.window.findChildren(QObject))
        self.most = max(self.most, count)
        assert len(self._world.window.findChildren(QWidget)) < MOST_WIDGETS


def _compare(contact: ContactState, events: list[AnyEvent]) -> None:
    """What was recorded of a contact is what is shown of it."""
    retracted = {event.retracts for event in events if isinstance(event, ResponseRetracted)}
    cancelled = {event.cancels for event in events if isinstance(event, FollowUpCancelled)}
    live = [e.event_id for e in events if isinstance(e, ResponseRecorded) and e.event_id not in retracted]
    assert [one.event_id for one in contact.live_responses] == live, "responses"
    planned = [e.event_id for e in events if isinstance(e, FollowUpPlanned) and e.event_id not in cancelled]
    assert [one.event_id for one in contact.live_follow_ups] == planned, "promises"
    notes = [event.text for event in events if isinstance(event, ContactNoteWritten)]
    assert contact.note.text == (notes[-1] if notes else ""), "note"
    flags: set[CallFlag] = set()
    for event in events:
        if isinstance(event, CallFlagged):
            flags = flags | {event.flag} if event.on else flags - {event.flag}
    assert set(contact.flags) == flags, "flags"
    speakers = [event.speaker for event in events if isinstance(event, SpeakerNamed)]
    assert contact.speaker == (speakers[-1] if speakers else Speaker.CUSTOMER), "speaker"
    concerns = [event for event in events if isinstance(event, ConcernChosen | ConcernSolved)]
    named = [event.concern for event in concerns if isinstance(event, ConcernChosen)]
    if named:
        assert contact.concern == named[-1], "concern"
    if concerns:
        last = concerns[-1]
        assert contact.solved == (last.solved if isinstance(last, ConcernSolved) else None), "solved"


def _way(widget: QWidget) -> str:
    names = []
    parent: QWidget | None = widget
    while parent is not None:
        names.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(names[:5])


# ---- languages


@cache
def _words() -> tuple[dict[Language, set[str]], dict[Language, tuple[re.Pattern[str], ...]]]:
    """The panel's words in each language: those without gaps, and those with."""
    exact: dict[Language, set[str]] = {"en": set(), "de": set()}
    gaps: dict[Language, set[str]] = {"en": set(), "de": set()}
    for message in ET.parse(_CATALOGUE).getroot().iter("message"):
        translation = message.find("translation")
        assert translation is not None
        german = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        forms: tuple[tuple[Language, list[str]], ...] = (("en", [message.findtext("source", "")]), ("de", german))
        for language, texts in forms:
            for text in texts:
                plain = re.sub(r"<[^>]*>", "", text).replace("\u00a0", " ").strip()
                if "{" not in plain and "%n" not in plain:
                    exact[language].add(plain)
                elif sum(map(str.isalpha, re.sub(r"\{[^}]*\}|%n", "", plain))) >= _LEAST_LETTERS:
                    gaps[language].add(plain)
    patterns = {language: tuple(_pattern(text) for text in sorted(texts)) for language, texts in gaps.items()}
    return exact, patterns


def _pattern(text: str) -> re.Pattern[str]:
    parts = re.split(r"\{[^}]*\}|%n", text)
    return re.compile(".+?".join(re.escape(part) for part in parts), re.DOTALL)


@cache
def is_foreign(text: str, language: Language) -> bool:
    """Whether a text is one of the panel's in the other language, and none in this one."""
    other: Language = "en" if language == "de" else "de"
    if text in _IN_EVERY_LANGUAGE:
        return False
    return bool(text) and _is_said(text, other) and not _is_said(text, language)


def _is_said(text: str, language: Language) -> bool:
    exact, patterns = _words()
    return text in exact[language] or any(one.fullmatch(text) for one in patterns[language])
