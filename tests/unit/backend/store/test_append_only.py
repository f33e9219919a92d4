"""What was said stays said: no statement of the backend changes or deletes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sqlalchemy import event

from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose, ResponseCode
from nba_desktop.contract.events import (
    ActionAddressed,
    ActionsShown,
    ConcernChosen,
    ConsentRecorded,
    ContactEnded,
    ContactNoteWritten,
    ResponseRecorded,
    ResponseRetracted,
)
from tests.fakes.backend_services import WORDINGS, Services
from tests.fakes.backend_site import NOW, authenticated, started

SOURCE = Path(__file__).parents[4] / "nba_desktop" / "backend"

APPEND_ONLY = {
    "events",
    "decisions",
    "decision_actions",
    "exposures",
    "responses",
    "consent_events",
    "customer_reads",
}


def test_a_whole_call_only_appends(services: Services) -> None:
    statements: list[str] = []

    def collect(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(services.store._database._engine, "before_cursor_execute", collect)
    start = started("+4915112345678")
    contact_id = start.contact_id
    services.contacts.start(services.agent, start)
    view = services.contacts.step(services.agent, contact_id, authenticated(contact_id))

    def fact(seq: int) -> dict[str, Any]:
        return {"event_id": new_id(), "contact_id": contact_id, "seq": seq, "at": NOW}

    decision_id = view.decision.decision_id
    response = ResponseRecorded(
        **fact(6), decision_id=decision_id, action_id="SRV_BILL", code=ResponseCode.ACCEPTED_DONE
    )
    wording = WORDINGS["de"][0]
    consent = {"customer_id": "c-lisa", "purpose": ConsentPurpose.ADV_OWN, "channel": ConsentChannel.PHONE}
    answer = services.events.record(
        services.agent,
        [
            ConcernChosen(**fact(3), concern="bill"),
            ActionsShown(**fact(4), decision_id=decision_id, action_ids=("SRV_BILL",)),
            ActionAddressed(**fact(5), decision_id=decision_id, action_id="SRV_BILL"),
            response,
            ResponseRetracted(**fact(7), retracts=response.event_id),
            ConsentRecorded(
                **fact(8),
                **consent,
                event=ConsentEventType.GRANTED,
                wording_id=wording.wording_id,
                wording_sha256=wording.text_sha256,
                read_aloud_confirmed=True,
            ),
            ConsentRecorded(**fact(9), **consent, event=ConsentEventType.WITHDRAWN),
            ContactNoteWritten(**fact(10), text="Notiz"),
            ContactEnded(**fact(11), cause="normal", duration_s=60),
        ],
    )
    services.search.search(services.agent, "Müller", None, "Rückfrage", "de")
    assert {one.verdict for one in answer.verdicts} == {"accepted"}

    written = {match[1] for one in statements if (match := re.match(r"\s*INSERT INTO (\w+)", one))}
    changed = {match[2] for one in statements if (match := re.match(r"\s*(UPDATE|DELETE FROM) (\w+)", one))}
    assert written >= APPEND_ONLY
    assert changed == {"contacts", "consent_head"}


def test_no_code_of_the_backend_deletes() -> None:
    found = [
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        if re.search(r"\bdelete\(|\bDELETE\b", file.read_text(encoding="utf-8"))
    ]
    assert found == []
