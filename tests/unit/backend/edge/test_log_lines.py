"""Log lines: one for each thing, with the request's id, and nothing of anybody."""

from __future__ import annotations

import io
import json
import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest

from nba_desktop.backend.edge.log_lines import FIELDS, REQUEST_ID, LogFormat, end_log, keep_log
from nba_desktop.backend.edge.redaction import redacted

CANARIES = {
    "a number": "+49 351 12805504",
    "a number with a bracket": "(0351) 1280-5504",
    "a number in one piece": "004935112805504",
    "an address": "lisa.mueller@example.org",
    "an IBAN": "DE02 1203 0000 0000 2020 51",
    "a token": "G2NFnWcfXD-ZBSm7ykIahtgNjSYj_talFYpk9Lm9ChI",
    "a signed token": "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJsaXNhIn0.c2lnbmF0dXJlLXdpdGgtYmFzZTY0",
    "a credential": "Bearer abc",
    "a question": "https://nba.example.com/v1/customers?q=Lisa",
    "a password": "postgresql://nba:s3cret@db/nba",
    "a hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}
HELD = {
    "a number": "12805504",
    "a number with a bracket": "5504",
    "a number in one piece": "4935112805504",
    "an address": "mueller",
    "an IBAN": "2020",
    "a token": "G2NFnWcf",
    "a signed token": "eyJ",
    "a credential": "abc",
    "a question": "Lisa",
    "a password": "s3cret",
    "a hash": "9f86d081",
}


@pytest.mark.parametrize("what", CANARIES)
def test_what_looks_personal_is_taken_out(what: str) -> None:
    text = redacted(f"before {CANARIES[what]} after")
    assert HELD[what] not in text
    assert text.startswith("before ")
    assert text.endswith(" after")


@pytest.mark.parametrize(
    "text",
    [
        "decision 01a204f8-bbb9-79ef-845a-c10a656f71a2, action SRV_BILL",
        "version 0d9f1a748179 stays in force",
        "it ends on 2026-11-23",
        "internal error urn:nba-desktop:request:01a204f8-bbb9-79ef-845a-c10a656f71a2: KeyError at step:120 < run:14",
        "12 calls wait for the site's figures: database is locked",
        "the endpoint crm refuses results: HTTP 422; they are tried again, `outbound status` shows when",
        "POST /v1/contacts/{contact_id}/caller",
    ],
)
def test_what_helps_to_find_a_fault_stays(text: str) -> None:
    assert redacted(text) == text


class Log:
    """The backend's log, written into a text."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    def lines(self) -> list[str]:
        return self.stream.getvalue().splitlines()

    def line(self) -> dict[str, Any]:
        (line,) = self.lines()
        found: dict[str, Any] = json.loads(line)
        return found


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def kept(log: Log) -> Iterator[logging.Logger]:
    handler = keep_log(log.stream, LogFormat.JSON, "info")
    yield logging.getLogger("nba_desktop.backend.test_log_lines")
    end_log(handler)


def test_a_line_is_one_object_with_what_was_said(log: Log, kept: logging.Logger) -> None:
    token = REQUEST_ID.set("r-12345678")
    kept.info("the endpoint %s answers\nagain", "crm", extra={FIELDS: {"status": 200, "route": "/v1/customers"}})
    REQUEST_ID.reset(token)
    line = log.line()
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "info",
        "logger": "nba_desktop.backend.test_log_lines",
        "event": "the endpoint crm answers | again",
        "request_id": "r-12345678",
        "status": 200,
        "route": "/v1/customers",
    }


@pytest.mark.expected_log("it broke")
def test_of_an_error_its_kind_and_place_are_kept_and_its_message_is_not(log: Log, kept: logging.Logger) -> None:
    try:
        raise ValueError("Lisa Müller")
    except ValueError:
        kept.exception("it broke", extra={FIELDS: {"number": CANARIES["a number"]}})
    line = log.line()
    assert (line["error"], line["number"]) == ("ValueError", "…")
    assert line["at"].startswith("test_of_an_error_its_kind_and_place")
    assert "Müller" not in log.stream.getvalue()


def test_of_foreign_packages_only_warnings_are_kept(log: Log, kept: logging.Logger) -> None:
    logging.getLogger("urllib3.connectionpool").info("GET /customers?q=Lisa")
    kept.debug("not that much")
    assert log.lines() == []


def test_people_read_it_as_text() -> None:
    stream = io.StringIO()
    handler = keep_log(stream, LogFormat.TEXT, "info")
    logging.getLogger("nba_desktop.backend").info("request", extra={FIELDS: {"status": 200, "ms": 1.5}})
    end_log(handler)
    assert stream.getvalue().endswith("Z INFO nba_desktop.backend: request status=200 ms=1.5\n")


def test_the_journal_is_told_how_grave_a_line_is(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    about = os.fstat(writer)
    monkeypatch.setenv("JOURNAL_STREAM", f"{about.st_dev}:{about.st_ino}")
    with os.fdopen(reader, encoding="utf-8") as journal, os.fdopen(writer, "w", encoding="utf-8") as stream:
        handler = keep_log(stream, LogFormat.JSON, "info")
        logging.getLogger("nba_desktop.backend").info("request")
        end_log(handler)
        assert journal.readline().startswith('<6>{"time": ')
