"""What an exported review says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

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
    yield word("counted_until"), f"{day_words(head.counted_until.date(), language)}, {head.counted_until:%H:%M} UTC"
    yield word("exported_by"), about.by
    yield word("reason"), word(about.reason)
    yield "", head.notice


def day_words(day: date, language: Language) -> str:
    """A day in digits, as the language writes it."""
    return f"{day:%d.%m.%Y}" if language == "de" else f"{day:%d/%m/%Y}"
