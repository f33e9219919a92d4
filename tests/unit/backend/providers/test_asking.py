"""One request over HTTP: what is sent, what comes back, and what goes wrong in words that tell nothing."""

from __future__ import annotations

import json
import logging
import threading
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES
from nba_desktop.backend.errors import ProviderFailed
from nba_desktop.backend.providers.answer import Answer, FactReader
from nba_desktop.backend.providers.asking import HttpAsking
from nba_desktop.backend.providers.entries import ProviderEntry
from nba_desktop.backend.providers.provider import Provider
from nba_desktop.backend.providers.template import filled_url
from tests.unit.backend.providers.other_systems import OtherSystems, Said

TOLD = {"customer_id": "c-1", "customer_no": "K/1 ü&{x}", "postcode": "01067"}
GOOD = json.dumps({"saving": 64.5}).encode()


def asked(systems: OtherSystems, path: str = "/quotes/{customer_no}", **more: Any) -> Answer:
    content = {"name": "tariffs", "url": f"{systems.url}{path}", "attributes": {"fix_saving_eur": "saving"}}
    entry = ProviderEntry.model_validate(content | {"give_up_ms": 2000} | more)
    readers = {name: FactReader(one, ATTRIBUTES[name]) for name, one in entry.attributes.items()}
    return HttpAsking(Provider(entry, readers))(TOLD, readers)


def test_placeholders_are_escaped_in_addresses_and_bodies(systems: OtherSystems) -> None:
    systems.said["quotes"] = Said(GOOD)
    assert asked(systems).values == {"fix_saving_eur": 64.5}
    asked(systems, "/quotes?plz={postcode}&no={customer_no}")
    body = {"no": "{customer_no}", "list": ["{customer_id}", 7], "deep": {"plz": "{postcode}"}}
    systems.said["quotes?no"] = Said(GOOD)
    asked(systems, "/quotes/all", method="POST", body=body)
    first, second, third = systems.asked
    assert first.path == "/quotes/K%2F1%20%C3%BC%26%7Bx%7D"
    assert second.path == "/quotes?plz=01067&no=K%2F1%20%C3%BC%26%7Bx%7D"
    assert (first.method, third.method, third.headers["Content-Type"]) == ("GET", "POST", "application/json")
    assert json.loads(third.body) == {"no": TOLD["customer_no"], "list": ["c-1", 7], "deep": {"plz": "01067"}}


@settings(max_examples=30)
@given(st.text(max_size=12).filter(lambda text: set(text) != {"."}))
def test_whatever_a_number_holds_it_stays_one_part_of_the_address(number: str) -> None:
    filled = filled_url("https://x.example/a/{customer_no}/b?no={customer_no}", {"customer_no": number})
    parts = urlsplit(filled)
    assert (parts.hostname, parts.fragment) == ("x.example", "")
    assert [unquote(one) for one in parts.path.split("/")] == ["", "a", number, "b"]
    assert unquote(parts.query) == f"no={number}"


def test_a_secret_is_read_where_it_stands_each_time(
    systems: OtherSystems, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    systems.said["quotes"] = Said(GOOD)
    monkeypatch.setenv("NBA_TEST_TOKEN", "first")
    asked(systems, credentials={"env": "NBA_TEST_TOKEN"})
    file = tmp_path / "token"
    file.write_text("second\n", encoding="utf-8")
    asked(systems, credentials={"file": str(file), "header": "X-Key", "prefix": ""})
    assert [one.headers.get("Authorization") for one in systems.asked] == ["Bearer first", None]
    assert systems.asked[1].headers["X-Key"] == "second"
    file.write_bytes(b"\xff\nX-Evil: 1")
    with pytest.raises(ProviderFailed, match=r"^its secret cannot be read$"):
        asked(systems, credentials={"file": str(file)})
    assert len(systems.asked) == 2


@pytest.mark.parametrize("status", [204, 404])
def test_who_knows_nothing_of_the_customer_has_answered(systems: OtherSystems, status: int) -> None:
    systems.said["quotes"] = Said(status=status)
    assert asked(systems) == Answer(frozenset({"fix_saving_eur"}))


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        (Said(GOOD, 500), "status 500"),
        (Said(b"", 302, {"Location": "/elsewhere/x"}), "status 302"),
        (Said(b"{"), "no JSON"),
        (Said(b"\xff\xfe"), "no JSON"),
        (Said(b"[" * 100_000), "no JSON"),
        (Said(b" " * 300_000), "more than 256 kB"),
        (Said(GOOD, headers={"Content-Length": "999", "Connection": "close"}), "the connection failed (ProtocolError)"),
        (Said(GOOD, gate=threading.Event()), "no answer in time"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_answer_is_said_in_a_word(systems: OtherSystems, said: Said, trouble: str) -> None:
    systems.said["quotes"] = said
    with pytest.raises(ProviderFailed) as raised:
        asked(systems, give_up_ms=150 if trouble == "no answer in time" else 2000)
    assert str(raised.value).startswith(trouble)
    assert [one.path.split("/")[1] for one in systems.asked] == ["quotes"]
    if said.gate is not None:
        said.gate.set()


def test_no_log_holds_the_address_whatever_comes_back(systems: OtherSystems, caplog: pytest.LogCaptureFixture) -> None:
    systems.said["quotes"] = Said(GOOD, headers={"Content-Type": "multipart/mixed", "X": "1\r\nno header at all"})
    with caplog.at_level(logging.DEBUG):
        assert asked(systems).values == {"fix_saving_eur": 64.5}
    assert [one for one in caplog.messages if "quotes" in one] == []


def test_a_number_that_would_lead_elsewhere_is_never_sent(
    systems: OtherSystems, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TOLD, "customer_no", "..")
    with pytest.raises(ProviderFailed, match=r"^the customer cannot be named in an address$"):
        asked(systems)
    assert systems.asked == []


def test_nobody_listening_is_said_too() -> None:
    with pytest.raises(ProviderFailed, match=r"^no connection$"):
        asked(OtherSystems("http://127.0.0.1:9"))
