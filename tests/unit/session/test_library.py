"""Knowledge and what is the agent's own, as the session drives them."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from nba_desktop.contract.knowledge import KnowledgeBase
from nba_desktop.domain.call_event import CallEventType
from nba_desktop.domain.errors import BackendOffline, FailureCode, OwnStoreError
from nba_desktop.domain.library import LibraryState, LibraryStatus
from nba_desktop.domain.own import BRIDGE, Own
from nba_desktop.session.session import Session
from tests.fakes.desk import Desk
from tests.fakes.knowledge import knowledge_base


@dataclass
class FakeOwnStore:
    kept: list[Own] = field(default_factory=list)
    broken: OwnStoreError | None = None

    def save(self, own: Own) -> None:
        if self.broken:
            raise self.broken
        self.kept.append(own)


@dataclass
class ReadingDesk(Desk):
    store: FakeOwnStore = field(default_factory=FakeOwnStore)
    knowledge: list[KnowledgeBase] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.session = Session(
            self.outbox,
            self.tasks,
            self.clock,
            self.shown.append,
            "de",
            self.cached.append,
            None,
            self.store,
            self.knowledge.append,
        )

    def library(self) -> LibraryState:
        return self.session.state.library


@pytest.fixture
def desk() -> ReadingDesk:
    return ReadingDesk()


@pytest.fixture
def reading(desk: ReadingDesk) -> ReadingDesk:
    desk.session.on_backend_ready(desk.backend)
    desk.tasks.finish_all()
    return desk


def titles(state: LibraryState) -> list[str]:
    return [found.article.title for found in state.found]


def test_the_knowledge_is_fetched_once_kept_and_searched(reading: ReadingDesk) -> None:
    assert reading.library().status is LibraryStatus.READY
    assert [base.version for base in reading.knowledge] == ["v1"]
    reading.session.library.search("Mahnungen")
    assert titles(reading.library()) == ["Zahlungsrückstand und Ratenzahlung"]
    reading.session.on_backend_ready(reading.backend)
    reading.tasks.finish_all()
    assert len(reading.knowledge) == 1


def test_the_cached_knowledge_serves_while_the_backend_is_away(desk: ReadingDesk) -> None:
    desk.backend.broken = BackendOffline()
    desk.session.library.on_knowledge(knowledge_base("de", "old"), fresh=False)
    desk.session.on_backend_ready(desk.backend)
    desk.tasks.finish_all()
    desk.session.library.search("umzug")
    assert titles(desk.library()) == ["Umzug"]
    assert desk.knowledge == []
    desk.backend.broken = None
    desk.session.on_backend_ready(desk.backend)
    desk.tasks.finish_all()
    assert [base.version for base in desk.knowledge] == ["v1"]
    assert titles(desk.library()) == ["Umzug"]


def test_knowledge_that_does_not_come_is_said_and_asked_for_again(desk: ReadingDesk) -> None:
    desk.session.library.use(desk.backend)
    desk.backend.broken = BackendOffline()
    desk.session.library.want("v1")
    assert desk.library().status is LibraryStatus.LOADING
    desk.tasks.finish_all()
    assert (desk.library().status, desk.library().failure) == (LibraryStatus.FAILED, FailureCode.OFFLINE)
    desk.backend.broken = None
    desk.session.library.retry()
    desk.tasks.finish_all()
    assert desk.library().status is LibraryStatus.READY


def test_favourites_and_notes_are_kept_and_nothing_is_sent(reading: ReadingDesk) -> None:
    before = len(reading.outbox.events)
    reading.session.library.toggle_favourite("move")
    reading.session.library.write_note("arrears", "Frau Kern fragen")
    assert reading.store.kept[-1] == reading.library().own
    assert [found.article.article_id for found in reading.library().kept] == ["move", "arrears"]
    reading.session.library.open("arrears")
    opened = reading.library().opened
    assert opened is not None
    assert opened.title.startswith("Zahlungsrückstand")
    reading.session.library.close()
    assert reading.library().opened is None
    assert len(reading.outbox.events) == before


def test_what_the_disk_refuses_is_not_shown_as_kept(reading: ReadingDesk) -> None:
    reading.store.broken = OwnStoreError("full", FailureCode.DISK_FULL)
    reading.session.library.toggle_favourite("move")
    assert (reading.library().own, reading.library().failure) == (Own(), FailureCode.DISK_FULL)
    reading.store.broken = None
    reading.session.library.toggle_favourite("move")
    assert reading.library().failure is None
    assert reading.library().own.is_favourite("move")


def test_what_was_kept_before_is_there_again(reading: ReadingDesk) -> None:
    reading.session.library.on_own(Own().toggled("gone", "Alter Artikel"))
    assert [found.article.title for found in reading.library().kept] == ["Alter Artikel"]
    reading.session.library.open("gone")
    opened = reading.library().opened
    assert opened is not None
    assert opened.text == ""


def test_an_own_wording_and_the_density_are_kept(reading: ReadingDesk) -> None:
    reading.answer_call()
    reading.authenticate()
    reading.solve()
    action = reading.contact().action
    assert action is not None
    reading.session.library.word(BRIDGE, "Darf ich kurz?")
    assert reading.library().own.wordings[0].text == "Darf ich kurz?"
    reading.session.library.word(BRIDGE, "")
    assert reading.library().own.wordings == ()
    reading.session.library.word("step:nowhere", "x")
    assert reading.library().own.wordings == ()
    reading.session.library.set_compact(True)
    assert reading.store.kept[-1].compact


def test_the_last_choice_is_taken_back(reading: ReadingDesk) -> None:
    reading.answer_call()
    reading.authenticate()
    reading.solve()
    reading.session.make_choice("when", "next")
    assert reading.contact().guide.choices == (("when", "next"),)
    reading.session.take_back_choice()
    assert reading.contact().guide.choices == ()


def ring(desk: ReadingDesk) -> None:
    desk.phone(CallEventType.RINGING)
    desk.phone(CallEventType.ANSWERED)
    desk.tasks.finish_all()


def test_a_catalogue_that_is_switched_brings_its_words_with_the_next_call(reading: ReadingDesk) -> None:
    reading.backend.version = reading.backend.decides_with = "v2"
    ring(reading)
    assert [base.version for base in reading.knowledge] == ["v1", "v2"]
    assert [head.version for head in reading.cached] == ["v1", "v2"]
    reading.authenticate()
    assert len(reading.cached) == 2


def test_a_version_that_is_only_tried_out_is_asked_about_once_for_each_call(reading: ReadingDesk) -> None:
    reading.backend.decides_with = "v2"
    ring(reading)
    assert len(reading.cached) == 2
    reading.authenticate()
    assert len(reading.cached) == 2
    assert [base.version for base in reading.knowledge] == ["v1"]
