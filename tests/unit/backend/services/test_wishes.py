"""What a customer asks for his own data in a call is kept, told, shown to whoever decides, and answered once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nba_desktop.backend.decisions.feedback import FeedbackService
from nba_desktop.backend.errors import Conflict, NotFound
from nba_desktop.backend.outbound.records import ResultType
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.subject.erasure import ErasureService
from nba_desktop.backend.subject.records import RetentionKind
from nba_desktop.backend.subject.wishes import WishService
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import DataField, ReadOperation, Role
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import CorrectionRequested, ErasureRequested
from nba_desktop.contract.wish import Wish, WishAnswered, WishKind
from tests.fakes.backend_calls import in_call, tell
from tests.fakes.backend_readings import kept
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW, started

pytestmark = pytest.mark.usefixtures("each_store")
DONE = WishAnswered(done=True, answer="Neue Straße eingetragen")


def fact(view: ContactView, seq: int) -> dict[str, Any]:
    return {"event_id": new_id(), "contact_id": view.contact_id, "seq": seq, "at": NOW}


def moved(view: ContactView, customer_id: str = "c-lisa") -> CorrectionRequested:
    words = "wohnt jetzt Lindenweg 14"
    return CorrectionRequested(**fact(view, 3), customer_id=customer_id, field=DataField.ADDRESS, words=words)


def administrator(services: Services) -> Caller:
    with services.store.write() as unit:
        return Caller("dana", ensure_agent(unit.access, "dana", NOW), frozenset({Role.ADMIN}))


def own(services: Services) -> tuple[Wish, ...]:
    return FeedbackService(services.store, services.catalogues, services.clock).mine(services.agent, "de").wishes


def test_a_wish_is_told_shown_and_answered_once(real: Services) -> None:
    wishes, view = WishService(real.store, real.clock), in_call(real)
    correction, erasure = moved(view), ErasureRequested(**fact(view, 4), customer_id="c-lisa")
    assert tell(real, correction, erasure, correction) == ["accepted", "accepted", "duplicate"]
    with real.store.read() as unit:
        kinds = frozenset({ResultType.CORRECTION_REQUESTED, ResultType.ERASURE_REQUESTED})
        told = unit.outbound.behind(0, kinds, None, 9)
    assert [(one.event_id, one.customer_no, one.data.get("field")) for one in told] == [
        (correction.event_id, "K-104233", "address"),
        (erasure.event_id, "K-104233", None),
    ]
    waiting = wishes.open(administrator(real), ReadOperation.SUBJECT_WISHES)
    assert {(one.kind, one.customer_no, one.words) for one in waiting} == {
        (WishKind.CORRECTION, "K-104233", correction.words),
        (WishKind.ERASURE, "K-104233", ""),
    }
    assert {(row.agent_id, row.role, row.customer_id) for row in kept(real.store, "subject wishes")} == {
        ("dana", "admin", "c-lisa")
    }
    assert wishes.answer("crm", correction.event_id, DONE).verdict == "accepted"
    assert wishes.answer("crm", correction.event_id, DONE).verdict == "duplicate"
    with pytest.raises(Conflict):
        wishes.answer("crm", correction.event_id, WishAnswered(done=False))
    with pytest.raises(NotFound):
        wishes.answer("crm", new_id(), DONE)
    assert [one.wish_id for one in wishes.open(administrator(real), ReadOperation.SUBJECT_WISHES)] == [erasure.event_id]
    answers = {one.wish_id: (one.field, one.done, one.answer, one.answered_at) for one in own(real)}
    assert answers == {
        correction.event_id: (DataField.ADDRESS, True, DONE.answer, NOW),
        erasure.event_id: (None, None, "", None),
    }
    assert "104233" not in "".join(one.model_dump_json() for one in own(real))


def test_an_open_wish_is_not_forgotten_and_an_answered_one_stays_to_be_read(real: Services) -> None:
    wishes, view = WishService(real.store, real.clock), in_call(real)
    correction = moved(view)
    assert tell(real, correction) == ["accepted"]

    def removed() -> int:
        with real.store.write() as unit:
            return unit.retention.remove(RetentionKind.CORRECTIONS, real.clock() - timedelta(days=30), 9).number

    real.clock.now = NOW + timedelta(days=100)
    assert removed() == 0
    wishes.answer("dana", correction.event_id, DONE)
    assert removed() == 0
    assert [one.done for one in own(real)] == [True]
    real.clock.now = NOW + timedelta(days=131)
    assert removed() == 1
    assert own(real) == ()


def test_a_wish_goes_with_its_customer(real: Services) -> None:
    view = in_call(real)
    erasure = ErasureRequested(**fact(view, 3), customer_id="c-lisa", words="alles weg")
    assert tell(real, erasure) == ["accepted"]
    ErasureService(real.store, real.clock).erase("dana", "K-104233", "asked for in a call")
    assert own(real) == ()
    with pytest.raises(NotFound, match="erased"):
        WishService(real.store, real.clock).answer("crm", erasure.event_id, DONE)


def test_nobody_has_the_data_of_somebody_else_changed(real: Services) -> None:
    view = in_call(real)
    assert tell(real, moved(view, "c-ann")) == ["conflict"]
    unknown = real.contacts.start(real.agent, started())
    assert tell(real, moved(unknown).model_copy(update={"seq": 2})) == ["forbidden"]
    assert own(real) == ()
