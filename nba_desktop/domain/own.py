"""What an agent keeps for himself: favourites, notes, his own wording. It is never sent and never logged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from nba_desktop.contract.base import Language

BRIDGE: Final = "bridge"
"""The part of an action's guide before its steps; a step is named `step:` and its id."""
LONGEST_NOTE: Final = 2_000


def step_part(step_id: str) -> str:
    """The part of an action's guide that a step is."""
    return f"step:{step_id}"


@dataclass(frozen=True, slots=True)
class Favourite:
    """An article to have at hand; its title is kept for the day on which the catalogue drops it."""

    article_id: str
    title: str


@dataclass(frozen=True, slots=True)
class OwnNote:
    """The agent's own words on an article."""

    article_id: str
    title: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OwnWording:
    """The agent's own version of one sentence; it holds for that very sentence, so that a changed one is read anew."""

    action_id: str
    part: str
    language: Language
    original: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Own:
    """Everything that is the agent's, as one value; `compact` is how he likes the guide.

    `done_unsent` are the promises that he said to be kept and the backend does not know of yet; `answers_seen_until` is
    when the newest answer came that he has read.
    """

    favourites: tuple[Favourite, ...] = ()
    notes: tuple[OwnNote, ...] = ()
    wordings: tuple[OwnWording, ...] = ()
    compact: bool = False
    done_unsent: tuple[UUID, ...] = ()
    answers_seen_until: datetime | None = None

    def is_favourite(self, article_id: str) -> bool:
        """Whether an article is a favourite."""
        return any(one.article_id == article_id for one in self.favourites)

    def note_on(self, article_id: str) -> str:
        """The note on an article; empty when there is none."""
        return next((one.text for one in self.notes if one.article_id == article_id), "")

    def wording_of(self, action_id: str, part: str, language: Language, original: str) -> str | None:
        """The agent's version of a sentence, or None."""
        return next((one.text for one in self.wordings if _place(one) == (action_id, part, language, original)), None)

    def outdated_wording(self, action_id: str, part: str, language: Language, original: str) -> str | None:
        """The newest version the agent had of a sentence that has been changed since; None with a current one."""
        if self.wording_of(action_id, part, language, original) is not None:
            return None
        older = [one.text for one in self.wordings if _place(one)[:3] == (action_id, part, language)]
        return older[-1] if older else None

    @property
    def titles(self) -> dict[str, str]:
        """Favourites, then noted articles, the newest first: id and the title each had."""
        of_notes = {one.article_id: one.title for one in self.notes}
        return {one.article_id: one.title for one in self.favourites} | of_notes

    def toggled(self, article_id: str, title: str) -> Own:
        """With an article as the newest favourite, or without it."""
        others = tuple(one for one in self.favourites if one.article_id != article_id)
        if len(others) < len(self.favourites):
            return replace(self, favourites=others)
        return replace(self, favourites=(Favourite(article_id, title), *others))

    def with_done(self, follow_up_id: UUID) -> Own:
        """With a promise that was kept, to be sent."""
        return replace(self, done_unsent=(*self.without_done(follow_up_id).done_unsent, follow_up_id))

    def without_done(self, follow_up_id: UUID) -> Own:
        """Without a promise that need not be sent any more."""
        return replace(self, done_unsent=tuple(one for one in self.done_unsent if one != follow_up_id))

    def noted(self, article_id: str, title: str, text: str) -> Own:
        """With a note on an article; an empty one takes it away."""
        others = tuple(one for one in self.notes if one.article_id != article_id)
        text = text.strip()[:LONGEST_NOTE]
        return replace(self, notes=(OwnNote(article_id, title, text), *others) if text else others)

    def worded(self, action_id: str, part: str, language: Language, original: str, text: str) -> Own:
        """With the agent's own version of a sentence; the sentence itself, or nothing, takes it away."""
        place = (action_id, part, language, original)
        others = tuple(one for one in self.wordings if _place(one) != place)
        text = text.strip()
        if not text or text == original:
            return replace(self, wordings=others)
        return replace(self, wordings=(*others, OwnWording(action_id, part, language, original, text)))

    def over(self, older: Own) -> Own:
        """This with what only an older one has; of what both have, this one's."""
        mine = {one.article_id for one in self.favourites}
        noted = {one.article_id for one in self.notes}
        worded = {_place(one) for one in self.wordings}
        seen = [at for at in (self.answers_seen_until, older.answers_seen_until) if at is not None]
        return replace(
            self,
            favourites=(*self.favourites, *(one for one in older.favourites if one.article_id not in mine)),
            notes=(*self.notes, *(one for one in older.notes if one.article_id not in noted)),
            wordings=(*(one for one in older.wordings if _place(one) not in worded), *self.wordings),
            done_unsent=tuple(dict.fromkeys((*older.done_unsent, *self.done_unsent))),
            answers_seen_until=max(seen, default=None),
        )


def _place(wording: OwnWording) -> tuple[str, str, Language, str]:
    return wording.action_id, wording.part, wording.language, wording.original
