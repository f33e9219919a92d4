"""Coaching notes: written by lead or agent, read by both, kept as they are; on each kind of store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from nba_desktop.backend.errors import Conflict, Forbidden, InvalidMessage, NotFound
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ReviewMode, Role
from nba_desktop.contract.review import NoteWritten, OwnAsked, ReviewFilter
from tests.fakes.backend_review import PERIOD, Site, open_site

pytestmark = pytest.mark.usefixtures("each_store")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path, agents=2) as opened:
        opened.coaching()
        yield opened


def note(text: str = "Erst Nutzen nennen.", agent: Caller | None = None) -> NoteWritten:
    return NoteWritten(note_id=new_id(), agent=None if agent is None else agent.recipient_code, text=text)


def test_lead_and_agent_read_the_same_notes_newest_first(site: Site) -> None:
    anna, ben = site.agents
    site.log.write(site.lead, note("Erst Nutzen nennen.", anna))
    site.services.clock.now = site.services.clock.now.replace(hour=15)
    site.log.write(anna, note("Das hat geholfen."))
    seen = site.review.agent(site.lead, site.agent_asked(anna), "de").notes
    assert [(one.text, one.by_agent) for one in seen] == [("Das hat geholfen.", True), ("Erst Nutzen nennen.", False)]
    own = site.review.me(anna, OwnAsked(filter=ReviewFilter(period=PERIOD)), "de").review
    assert own is not None
    assert own.notes == seen
    other = site.review.me(ben, OwnAsked(filter=ReviewFilter(period=PERIOD)), "de").review
    assert other is not None
    assert other.notes == ()


def test_the_same_note_again_changes_nothing_and_another_under_its_id_is_refused(site: Site) -> None:
    written = note(agent=site.agents[0])
    first = site.log.write(site.lead, written)
    assert site.log.write(site.lead, written) == first
    with pytest.raises(Conflict):
        site.log.write(site.lead, written.model_copy(update={"text": "Anders."}))


def test_nobody_writes_about_an_agent_he_does_not_lead(site: Site) -> None:
    (other,) = site.add_agents(1, team_id=None)
    with pytest.raises(NotFound, match="you lead no team with an agent"):
        site.log.write(site.lead, note(agent=other))
    with pytest.raises(NotFound):
        site.log.write(site.agents[0], note(agent=site.agents[1]))
    with pytest.raises(Forbidden, match="only an agent writes about himself"):
        site.log.write(site.lead, note())


def test_an_empty_note_is_none(site: Site) -> None:
    with pytest.raises(InvalidMessage, match="empty"):
        site.log.write(site.agents[0], note(" \n"))


def test_without_an_agreement_nothing_is_noted(site: Site) -> None:
    site.mode(ReviewMode.TEAM_ONLY)
    with pytest.raises(Forbidden, match="no works agreement"):
        site.log.write(site.lead, note(agent=site.agents[0]))


def test_modes_looks_and_notes_are_only_ever_added(site: Site) -> None:
    statements: list[str] = []

    def collect(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(site.services.store._database._engine, "before_cursor_execute", collect)
    site.mode(ReviewMode.COACHING, "BV 2", PERIOD.last.replace(year=2027))
    site.review.team(site.lead, site.team_asked(), "de")
    site.log.write(site.lead, note(agent=site.agents[0]))
    site.log.accesses(Caller("wanda", "A-W", frozenset({Role.WORKS_COUNCIL})))
    event.remove(site.services.store._database._engine, "before_cursor_execute", collect)
    kept = {"review_modes", "review_accesses", "review_notes"}
    assert {match[1] for one in statements if (match := re.match(r"\s*INSERT INTO (\w+)", one))} == kept
    assert [one for one in statements if re.match(r"\s*(UPDATE|DELETE)", one)] == []
