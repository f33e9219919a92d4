"""The backend has stored what was sent and nobody hears of it: sent again, there is one record."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.e2e.processes import rows
from tests.fakes.backend_site import backend_app, serving
from tests.faults.bad_network import BadNetwork, Damage
from tests.faults.calls import a_call
from tests.faults.canaries import NOTE
from tests.faults.sending import sending

TOKEN = "a-token-of-this-test"
TRIES = 3


@contextmanager
def site_behind(draw: Callable[[], Damage], folder: Path) -> Iterator[BadNetwork]:
    """The whole backend, and a network before it."""
    with backend_app(folder, embedded_token=TOKEN) as app, serving(app) as url:
        network = BadNetwork(int(url.rsplit(":", 1)[1]), draw)
        thread = threading.Thread(target=network.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield network
        finally:
            network.shutdown()
            network.server_close()
            thread.join()


@pytest.mark.parametrize("damage", [Damage.CUT_AFTER, Damage.HALF, Damage.TWICE, Damage.EMPTY])
def test_what_the_backend_stored_without_a_receipt_is_there_once(
    qtbot: QtBot, tmp_path: Path, damage: Damage, measured: Callable[[str], None]
) -> None:
    script = itertools.chain([damage] * TRIES, itertools.repeat(Damage.NONE))
    events = [*a_call("lost-1"), *a_call("lost-2")]
    with site_behind(lambda: next(script), tmp_path) as network, sending(tmp_path / "panel", network.url, TOKEN) as out:
        out.outbox.put(*events)
        qtbot.waitUntil(out.is_empty, timeout=20_000)
        requests = sum(network.done.values())
        assert network.done[damage] >= 1
        assert out.accepted == b"".join(event.event_id.bytes for event in events)
    stored = [event_id for (event_id,) in rows(tmp_path, "SELECT event_id FROM events ORDER BY rowid")]
    assert stored == [event.event_id.hex for event in events]
    assert rows(tmp_path, "SELECT note FROM contacts") == [(f"{NOTE} 2",), (f"{NOTE} 2",)]
    measured(f"{damage}: {requests} requests, {len(events)} events, {len(stored)} records")
