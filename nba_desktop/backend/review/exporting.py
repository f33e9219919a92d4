"""A review as a file, for whoever may look at it and where the site allows it; the log of accesses says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, assert_never

from nba_desktop.backend.review.export.csv_file import csv_file
from nba_desktop.backend.review.export.lines import About, agent_lines, team_lines
from nba_desktop.backend.review.service import ReviewService
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.base import Language
from nba_desktop.contract.review import AgentAsked, ExportAsked, TeamAsked

MEDIA_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """A file with what it is."""

    content: bytes
    media_type: str


class ReviewExports:
    """Writes what `ReviewService` answers; `fonts` is the folder with the product's own."""

    def __init__(self, reviews: ReviewService, fonts: Path, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._reviews = reviews
        self._fonts = fonts

    def export(self, caller: Caller, asked: ExportAsked, language: Language) -> ReviewFile:
        """Return the file; raises the `Refused` that says why there is none for this caller."""
        same = asked.model_dump(exclude={"format", "agent"})
        at = self._clock()
        if asked.agent is None:
            team = self._reviews.team(caller, TeamAsked.model_validate(same), language, exported_at=at)
            head, lines, agent = team.head, tuple(team_lines(team)), ""
        else:
            one = AgentAsked.model_validate({**same, "agent": asked.agent})
            person = self._reviews.agent(caller, one, language, exported_at=at)
            head, lines, agent = person.head, tuple(agent_lines(person)), person.row.shown_as
        by = self._reviews.name_of(caller)
        about = About(head, language, by, at, asked.reason.value, asked.note, agent)
        match asked.format:
            case "csv":
                content = csv_file(about, lines)
            # What makes them takes longer to load than a server to start.
            case "xlsx":
                from nba_desktop.backend.review.export.xlsx_file import xlsx_file

                content = xlsx_file(about, lines)
            case "pdf":
                from nba_desktop.backend.review.export.pdf_file import pdf_file

                content = pdf_file(about, lines, self._fonts)
            case _:
                assert_never(asked.format)
        return ReviewFile(content, MEDIA_TYPES[asked.format])
