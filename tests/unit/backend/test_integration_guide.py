"""The files of `docs/integration.md` do what the guide says of them."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import pytest
import requests

from nba_desktop.backend.cli import main
from nba_desktop.backend.outbound.signing import key_of, new_secret, signed_headers
from tests.fakes.backend_services import open_services
from tests.fakes.backend_site import authenticated, started

REPOSITORY = Path(__file__).parents[3]
GUIDE = REPOSITORY / "docs" / "integration"


def test_the_made_up_customers_are_taken_in_and_one_of_them_calls(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(REPOSITORY / "resources" / "sample" / "catalogue", folder)
    shutil.copy(GUIDE / "own.yaml", folder)
    file = tmp_path / "customers.csv"
    made = subprocess.run([sys.executable, str(GUIDE / "customers.py"), "50"], check=True, capture_output=True)
    file.write_bytes(made.stdout)
    with open_services(tmp_path, folder) as services:
        for kind in ("customers", "contracts", "numbers"):
            mapping = GUIDE / f"{kind}.map.yaml"
            taken = ["import", kind, str(file), "--mapping", str(mapping), "--data", str(tmp_path)]
            assert main(taken, REPOSITORY / "resources") == 0
        masked = services.contacts.start(services.agent, started("+493023125048"))
        (caller,) = masked.identification.candidates
        proved = authenticated(masked.contact_id, caller.customer_id)
        customer = services.contacts.step(services.agent, masked.contact_id, proved).customer
    assert customer is not None
    assert (customer.tone, customer.preferences) == ("brief", ("lieber per E-Mail",))
    assert customer.crm_url == "https://crm.example/customers/M-100048"
    assert [one.commodity for one in customer.contracts] == ["electricity"]


def receiver() -> ModuleType:
    spec = importlib.util.spec_from_file_location("receiver", GUIDE / "receiver.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def receiving(key: bytes) -> Iterator[str]:
    handler = receiver().Receiver
    handler.key, handler.taken = key, set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/results"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_receiver_takes_what_is_signed_and_what_comes_twice_once(capsys: pytest.CaptureFixture[str]) -> None:
    secret, now = new_secret(), datetime.now(UTC)
    event = {"id": "1", "time": "2026-03-12T09:30:00Z", "type": "de.nba-desktop.note", "data": {"text": "hallo"}}
    body = json.dumps(event).encode()
    signed = signed_headers(secret, "1", now, body)
    old = signed_headers(secret, "1", now - timedelta(minutes=6), body)
    forged = signed_headers(new_secret(), "1", now, body)
    with receiving(key_of(secret)) as url:
        answers = [
            requests.post(url, data=body, headers=headers, timeout=5).status_code
            for headers in (forged, old, {}, signed, signed)
        ]
    assert answers == [401, 401, 401, 204, 204]
    assert capsys.readouterr().out.count("hallo") == 1
