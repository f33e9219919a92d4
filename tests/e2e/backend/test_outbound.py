"""A server that is killed while it hands results over: the next one goes on, and the receiver has all of them."""

from __future__ import annotations

import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.contract.events import ContactNoteWritten
from tests.e2e.backend.test_process import backend
from tests.fakes.backend_calls import in_call, response, tell
from tests.fakes.backend_services import open_services
from tests.fakes.backend_site import PORTAL_CATALOGUE
from tests.fakes.receiver import receiver
from tests.unit.backend.outbound.conftest import SECRET, endpoint


@pytest.mark.skipif(sys.platform == "win32", reason="nothing there kills like this")
def test_a_server_that_is_killed_while_it_hands_over_loses_nothing(tmp_path: Path) -> None:
    with receiver(tmp_path, SECRET) as crm, open_services(tmp_path, PORTAL_CATALOGUE) as services:
        crm.start("keeps_and_hangs")
        with services.store.write() as unit:
            unit.outbound.add_endpoint(endpoint(crm.url))
        ids = []
        for customer_id in ("c-lisa", "c-ann"):
            view = in_call(services, customer_id)
            said = response(view, view.decision.recommendations[0].action_id, ResponseCode.THINKING)
            note = ContactNoteWritten(
                event_id=new_id(), contact_id=view.contact_id, seq=4, at=services.clock.now, text="Notiz"
            )
            assert tell(services, said, note) == ["accepted", "accepted"]
            ids += [str(said.event_id), str(note.event_id)]
        services.store.close()
        arguments = ("--data", str(tmp_path), "--port", "0", "--catalogue", str(PORTAL_CATALOGUE))
        with backend(*arguments) as first:
            # It is on the receiver's disk, and no acknowledgement on the server's.
            crm.wait_for(1)
            first.process.send_signal(signal.SIGKILL)
        with closing(sqlite3.connect(tmp_path / "backend.sqlite3")) as database, database:
            # The minute that the next process would wait.
            database.execute("UPDATE outbound_endpoints SET sender_until = '2026-01-01 00:00:00'")
        with backend(*arguments):
            came = crm.wait_for(5)
    assert all(one.signed for one in came)
    found = [one.id for one in came]
    assert found[:2] == [ids[0], ids[0]]
    assert sorted(found[1:]) == sorted(ids)
    assert found.index(ids[2]) < found.index(ids[3])
