"""Another language in the middle of the work: what the site says is asked for anew, and what comes late is left."""

from __future__ import annotations

from nba_desktop.domain.call_event import CallEventType
from nba_desktop.domain.errors import BackendOffline
from nba_desktop.domain.own import BRIDGE
from tests.fakes.desk import Desk


def test_the_next_call_begins_in_the_new_language(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.session.set_language("en")
    desk.phone(CallEventType.RINGING)
    (started,) = (event for event in desk.outbox.events if event.type == "contact_started")
    assert started.language == "en"


def test_a_catalogue_that_comes_late_in_the_language_before_changes_nothing(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.session.set_language("en")
    late = desk.backend.catalogue("de")
    desk.session.on_catalogue(late)
    assert desk.session.state.concerns == ()
    desk.session.on_catalogue(desk.backend.catalogue("en"))
    assert desk.session.state.concerns == desk.backend.catalogue("en").concerns != ()


def test_own_words_belong_to_the_language_of_the_sentence(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.set_language("en")
    desk.session.library.word(BRIDGE, "Soll ich ihn senken?")
    (wording,) = desk.session.state.library.own.wordings
    assert wording.language == "de"


def test_words_that_did_not_come_in_the_new_language_are_asked_for_with_the_next_answer(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.backend.broken = BackendOffline()
    desk.session.set_language("en")
    desk.tasks.finish_all()
    desk.backend.broken = None
    desk.session.choose_concern("instalment")
    desk.tasks.finish_all()
    assert desk.cached[-1].language == "en"
