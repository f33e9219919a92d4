"""What is taken out of a text that somebody else may read, and what must stay for it to be of use."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nba_desktop.doctor.redaction import Redactor

# Joined here: no file of this project holds the path of somebody's machine.
HOMES, WINDOWS_HOMES = "/".join(("", "home", "")), "\\".join(("C:", "Users", ""))
REDACT = Redactor({f"{HOMES}lisa": "~", f"{HOMES}lisa/data": "(data)", "/": "never"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{HOMES}lisa/data/outbox.sqlite3 is damaged", "(data)/outbox.sqlite3 is damaged"),
        (f"{HOMES}lisa/.config/x", "~/.config/x"),
        (f"{HOMES}helmut/x and {WINDOWS_HOMES}helmut\\x", f"{HOMES}…/x and {WINDOWS_HOMES}…\\x"),
        ("write to lisa.m@example.org, please", "write to …, please"),
        ("https://anna:pw@nba.example.org:8443/site/lisa: refused", "https://…nba.example.org:8443/…: refused"),
        ("call +49 351 2805504 or 0351/280-5504 or 03512805504", "call … or … or …"),
        ("IBAN DE02120300000000202051 and DE02 1203 0000 0000 2020 51.", "IBAN … and …."),
        ("the token eyJhbGciOiJFZERTQSJ9aXNz is refused", "the token … is refused"),
        ("0123456789abcdef0123456789ABCDEF", "…"),
    ],
)
def test_what_may_be_a_persons_is_taken_out(text: str, expected: str) -> None:
    assert REDACT(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "NBA Desktop 0.1.0 (protocol 1), Qt 6.11.3, Python 3.11.7, SQLite 3.40.1, Linux-6.18.44-x86_64-with-glibc2.36",
        "its certificate is valid until 2027-11-22 (365 days)",
        "was down from 2026-11-20 11:00:00 to 11:00:04",
        "https://nba.example.org:8443 answers, 50660 MiB are free, 127.0.0.1:5038",
        "the time zone is CET (UTC+01:00)",
        "store it with `nba-desktop token set --backend https://nba.example.org`",
    ],
)
def test_what_helps_stays(text: str) -> None:
    assert REDACT(text) == text


@given(st.text(min_size=3, max_size=20), st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=100)
def test_what_is_known_to_be_private_is_gone_wherever_it_stands(private: str, before: str, after: str) -> None:
    said = REDACT(before + private + after, (private,))
    assert private not in said or private in before + "…" + after or private in "…~(data)"
