"""Who looked at whom, and what lead and agent wrote down; both are kept for good and seen by those they are about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.errors import Conflict, Forbidden, InvalidMessage, NotFound
from nba_desktop.backend.messages import check_kept
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.review.rules import check_persons, mode_now
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.review_log import AccessRow, NoteRow
from nba_desktop.backend.rows.teams import TeamRow
from nba_desktop.contract.codes import Role
from nba_desktop.contract.review import Access, CoachingNote, NoteWritten, Period

LOOKED_BACK: Final = timedelta(days=366)
"""How long whoever is concerned is shown who looked."""


class ReviewLogService:
    """Shows who looked, and keeps notes."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock

    def accesses(self, caller: Caller) -> tuple[Access, ...]:
        """Return who looked in the last year, newest first: at anybody for the works council, else at the caller."""
        since = self._clock() - LOOKED_BACK
        with self._store.read() as unit:
            if Role.WORKS_COUNCIL in caller.roles:
                rows = unit.review_log.accesses(since)
            else:
                rows = unit.review_log.accesses_about(caller.recipient_code, own_teams(unit, caller.agent_id), since)
            names = display_names(unit)
            teams = {one.team_id: one for one in unit.teams.all()}
        return tuple(access_of(one, names, teams) for one in rows)

    def write(self, caller: Caller, note: NoteWritten) -> CoachingNote:
        """Keep a note, once; raises the `Refused` that says why it is not kept."""
        now = self._clock()
        check_kept(now, (), {"text": note.text})
        if not note.text.strip():
            raise InvalidMessage("the note is empty")
        with self._store.write() as unit:
            today = now.astimezone(self._catalogues.in_force(unit).live.zone).date()
            check_persons(mode_now(unit.review_log.modes(), today))
            row = NoteRow(
                note_id=note.note_id,
                at=now,
                agent=_about(unit, caller, note.agent),
                by_agent_id=caller.agent_id,
                by_agent=note.agent is None,
                text=note.text,
            )
            known = unit.review_log.note(note.note_id)
            if known is None:
                unit.review_log.add_note(row)
            elif (known.agent, known.by_agent_id, known.text) != (row.agent, row.by_agent_id, row.text):
                raise Conflict("another note is stored under this id")
        return note_of(known or row)


def note_of(row: NoteRow) -> CoachingNote:
    """Return a note as both read it."""
    return CoachingNote(note_id=row.note_id, at=row.at, by_agent=row.by_agent, text=row.text)


def access_of(row: AccessRow, names: Mapping[str, str], teams: Mapping[str, TeamRow]) -> Access:
    """Return a look as those see it whom it is about; `names` are of agents by their ids."""
    return Access(
        at=row.at,
        by=names.get(row.by_agent_id, row.by_agent_id),
        role=row.role,
        reason=row.reason,
        note=row.note,
        team=teams[row.team_id].name,
        agent=row.agent,
        period=Period(first=row.first_day, last=row.last_day),
        action_id=row.action_id,
        queue=row.queue,
        concern=row.concern,
        exported=row.exported,
    )


def display_names(unit: Unit) -> dict[str, str]:
    """Return how agents are called, by their ids."""
    return {one.agent_id: one.display_name or one.agent_id for one in unit.access.profiles()}


def own_teams(unit: Unit, agent_id: str) -> list[str]:
    """Return every team that an agent is or was in: a look at it was a look at him."""
    return sorted({one.team_id for one in unit.teams.members() if one.agent_id == agent_id and one.team_id})


def check_member(unit: Unit, team_id: str, agent: str) -> None:
    """Raise `NotFound` for the pseudonym of somebody who never was in the team."""
    profile = unit.access.pseudonyms().get(agent)
    if profile is None or team_id not in own_teams(unit, profile.agent_id):
        raise NotFound("the team has no agent by that pseudonym")


def _about(unit: Unit, caller: Caller, agent: str | None) -> str:
    if agent is None:
        if Role.AGENT not in caller.roles:
            raise Forbidden("only an agent writes about himself: name the agent")
        return caller.recipient_code
    led = [one for one in unit.teams.all() if caller.agent_id in one.leads and Role.TEAM_LEAD in caller.roles]
    profile = unit.access.pseudonyms().get(agent)
    if profile is None or not {one.team_id for one in led} & set(own_teams(unit, profile.agent_id)):
        raise NotFound("you lead no team with an agent by that pseudonym")
    return agent
