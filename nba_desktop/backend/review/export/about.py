"""What an exported review says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from nba_desktop.backend.review.export.lines import About
from nba_desktop.backend.review.export.words import export_word
from nba_desktop.contract.base import Language


def about_lines(about: About) -> Iterator[tuple[str, str]]:
    """Yield names and words: of whom, of when, by what agreement, who asked what for, what it may not be used for."""
    head, language = about.head, about.language
    chosen = head.filter

    def word(key: str) -> str:
        return export_word(key, language)

    yield word("team"), head.team
    if about.agent:
        yield word("agent"), about.agent
    yield word("period"), f"{day_words(chosen.period.first, language)} – {day_words(chosen.period.last, language)}"
    for key, value in (("action", chosen.action_id), ("queue", chosen.queue), ("concern", chosen.concern)):
        if value is not None:
            yield f"{word('filter')} {word(key)}", value
    if head.agreement is not None:
        until = "" if head.until is None else f" {word('until')} {day_words(head.until, language)}"
        yield word("agreement"), head.agreement + until
    yield word("counted_until"), moment_words(head.counted_until, language)
    yield word("exported_by"), f"{about.by}, {moment_words(about.at, language)}"
    yield word("reason"), word(about.reason)
    if about.note:
        yield word("note"), about.note
    yield "", head.notice


def moment_words(at: datetime, language: Language) -> str:
    """A moment in UTC, as the head of the review on the screen has it."""
    moment = at.astimezone(UTC)
    return f"{day_words(moment.date(), language)}, {moment:%H:%M} UTC"


def day_words(day: date, language: Language) -> str:
    """A day in digits, as the language writes it."""
    return f"{day:%d.%m.%Y}" if language == "de" else f"{day:%d/%m/%Y}"
