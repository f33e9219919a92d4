"""The backend as a real process: started by its command, asked over real HTTP, stopped by its panel's end."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import CallerAuthenticated, ContactNoteWritten
from tests.e2e.processes import run_here
from tests.fakes.backend_site import CATALOGUE, NOW, Client, migrated, started

ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-m", "nba_desktop", "backend")


@dataclass
class Running:
    process: subprocess.Popen[str]
    hello: dict[str, str]

    @property
    def client(self) -> Client:
        return Client(self.hello["url"], self.hello.get("token"))


@contextmanager
def backend(*arguments: str) -> Iterator[Running]:
    with subprocess.Popen(
        [*COMMAND, "serve", *arguments],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        guard = threading.Timer(50, process.kill)
        guard.start()
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            line = process.stdout.readline()
            assert line, process.stderr.read()
            yield Running(process, json.loads(line))
        finally:
            guard.cancel()
            process.kill()


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    """A folder whose database need not be made first."""
    (tmp_path / "backend.sqlite3").write_bytes(migrated())
    return tmp_path


def embedded(data: Path, *arguments: str) -> tuple[str, ...]:
    return ("--embedded", "--data", str(data), *arguments)


def test_the_demo_site_answers_a_call_of_a_sample_customer(tmp_path: Path) -> None:
    with backend(*embedded(tmp_path, "--samples")) as running:
        assert set(running.hello) == {"url", "token", "version"}
        client = running.client
        database = sqlite3.connect(tmp_path / "backend.sqlite3")
        customer_id, number = database.execute(
            "SELECT customers.customer_id, e164 FROM customers JOIN customer_phones USING (customer_id)"
            " WHERE first_name = 'Lisa' ORDER BY customers.customer_id LIMIT 1"
        ).fetchone()
        (count,) = database.execute("SELECT count(*) FROM customers").fetchone()
        assert count >= 500

        start = started(number)
        ringing = ContactView.model_validate(client.post("/v1/contacts", start).json())
        candidates = {one.customer_id: one for one in ringing.identification.candidates}
        items = candidates[customer_id].security_items
        assert (ringing.auth_level, ringing.customer) == (AuthLevel.CANDIDATE, None)

        caller = CallerAuthenticated(
            event_id=new_id(),
            contact_id=start.contact_id,
            seq=2,
            at=NOW,
            customer_id=customer_id,
            level=AuthLevel.AUTHENTICATED,
            items_passed=tuple(item.code for item in items[: ringing.identification.security_items_required]),
        )
        view = ContactView.model_validate(client.post(f"/v1/contacts/{start.contact_id}/caller", caller).json())
        assert view.customer is not None
        assert view.customer.first_name == "Lisa"
        assert len(view.decision.recommendations) == 3
        assert view.journey is not None
        assert view.journey.total > 0
        assert len(view.concerns) == 3
        assert database.execute("SELECT count(*) FROM decisions").fetchone() == (2,)
        database.close()


def test_the_backend_ends_with_its_panel_and_its_token_is_neither_stored_nor_logged_nor_the_next_one_s(
    ready: Path,
) -> None:
    with backend(*embedded(ready, "--catalogue", str(CATALOGUE))) as running, requests.Session() as session:
        # An idle connection does not keep it.
        assert session.get(f"{running.hello['url']}/healthz", timeout=20).status_code == 200
        start = started("+4915112345678")
        assert running.client.post("/v1/contacts", start).status_code == 200
        assert running.client.send("GET", "/v1/customers?q=Mueller-Geheim&reason=x").status_code == 200
        stored = b"".join(file.read_bytes() for file in ready.rglob("*") if file.is_file())
        assert str(start.interaction_id).encode() in stored
        assert running.hello["token"].encode() not in stored
        assert running.process.stdin is not None
        running.process.stdin.close()
        assert running.process.wait(20) == 0
        assert running.process.stderr is not None
        assert running.process.stderr.read() == ""
        with pytest.raises(requests.ConnectionError):
            running.client.send("GET", "/healthz")
    with backend(*embedded(ready, "--catalogue", str(CATALOGUE))) as again:
        assert again.hello["token"] != running.hello["token"]


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_site_serves_the_owner_of_a_token_until_it_is_revoked_and_ends_in_order_on_a_signal(ready: Path) -> None:
    data = ("--data", str(ready))
    made = run_here("backend", "token", "create", *data, "--agent", "anna", "--role", "agent")
    assert made.returncode == 0, made.stderr
    token = made.stdout.strip()
    listed = run_here("backend", "token", "list", *data).stdout
    assert "anna" in listed
    assert token not in listed
    with backend(*data, "--port", "0", "--catalogue", str(CATALOGUE), "--log-level", "warning") as running:
        assert set(running.hello) == {"url", "version"}
        assert running.client.send("GET", "/readyz").status_code == 200
        client = Client(running.hello["url"], token)
        assert client.post("/v1/contacts", started()).status_code == 200
        assert run_here("backend", "token", "revoke", *data, listed.split()[0]).returncode == 0
        assert client.post("/v1/contacts", started()).status_code == 401
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(20) in (0, -signal.SIGTERM)
        assert running.process.stderr is not None
        assert running.process.stderr.read() == ""


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_what_was_accepted_survives_a_kill_at_any_moment(ready: Path) -> None:
    arguments = embedded(ready, "--catalogue", str(CATALOGUE))
    start = started()
    accepted: list[str] = []
    sent: list[ContactNoteWritten] = []
    for round_number in range(2):
        with backend(*arguments) as running:
            client = running.client
            client.post_events(start)
            enough = threading.Event()

            def send(
                client: Client = client, enough: threading.Event = enough, base: int = round_number * 10000
            ) -> None:
                for number in range(10000):
                    note = ContactNoteWritten(
                        event_id=new_id(), contact_id=start.contact_id, seq=base + number + 2, at=NOW, text="x"
                    )
                    sent.append(note)
                    try:
                        (verdict,) = client.post_events(note)
                    except requests.RequestException:
                        return
                    accepted.append(verdict["event_id"])
                    if number == 15:
                        enough.set()

            thread = threading.Thread(target=send)
            thread.start()
            assert enough.wait(40)
            running.process.send_signal(signal.SIGKILL)
            thread.join(20)
    with backend(*arguments) as running:
        database = sqlite3.connect(ready / "backend.sqlite3")
        stored = {row[0] for row in database.execute("SELECT event_id FROM events WHERE type <> 'contact_started'")}
        assert {one.replace("-", "") for one in accepted} <= stored
        # What the killed process did not answer is sent again, and is there once.
        again = [running.client.post_events(note)[0]["verdict"] for note in sent[-3:]]
        assert set(again) <= {"accepted", "duplicate"}
        (rows,) = database.execute("SELECT count(*) FROM events WHERE type <> 'contact_started'").fetchone()
        assert rows == len(stored | {note.event_id.hex for note in sent[-3:]})
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        database.close()
