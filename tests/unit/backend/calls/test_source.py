"""Whose secret a webhook carries, whom its users stand for, and how much of it is taken."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from nba_desktop.backend.calls.rate import RateLimit
from nba_desktop.backend.calls.source import is_genuine
from nba_desktop.backend.rows.hooks import HookDialect, HookRow
from tests.fakes.backend_site import NOW
from tests.fakes.hub_calls import source_of

SECRET = "geheim-und-lang-genug"
BODY = b"event=IncomingCall&call_id=1"
SIGNED = hmac.new(SECRET.encode(), BODY, hashlib.sha256).hexdigest()
BY_TOKEN = source_of("zammad", secret_sha256=hashlib.sha256(SECRET.encode()).hexdigest())
SIGNING = source_of("placetel", signing_key=SECRET)


def test_the_token_opens_its_source() -> None:
    assert is_genuine(BY_TOKEN, SECRET, "", BODY)


@pytest.mark.parametrize("token", ["", "wrong", SECRET[:-1], SECRET + "x", BY_TOKEN.secret_sha256, "ü", "\ud800"])
def test_no_other_token_opens_it(token: str) -> None:
    assert not is_genuine(BY_TOKEN, token, SIGNED, BODY)


@pytest.mark.parametrize("signature", [SIGNED, SIGNED.upper(), f" {SIGNED} "])
def test_the_signature_opens_its_source(signature: str) -> None:
    assert is_genuine(SIGNING, "", signature, BODY)


@pytest.mark.parametrize("signature", ["", "0" * 64, SIGNED[:-1], "ü"])
def test_no_other_signature_opens_it(signature: str) -> None:
    assert not is_genuine(SIGNING, SECRET, signature, BODY)


def test_a_signature_is_for_one_body() -> None:
    assert not is_genuine(SIGNING, "", SIGNED, BODY + b"&type=missed")


def test_no_secret_is_seen_where_a_source_is_printed() -> None:
    row = HookRow(
        source="pbx", dialect=HookDialect.PLACETEL, secret_sha256=BY_TOKEN.secret_sha256, signing_key=SECRET,
        number_format="national", region="DE", trunk_prefix="", extension_digits=0, queues=frozenset(),
        internal_calls=False, public_url="", events_per_s=10, created_at=NOW,
    )  # fmt: skip
    printed = f"{BY_TOKEN} {SIGNING} {row}"
    assert SECRET not in printed
    assert BY_TOKEN.secret_sha256 not in printed


def test_nothing_opens_a_source_that_is_not_there() -> None:
    assert not is_genuine(None, SECRET, SIGNED, BODY)
    assert not is_genuine(None, "", hmac.new(b"0" * 64, BODY, hashlib.sha256).hexdigest(), BODY)


@pytest.mark.parametrize("number", ["4930555000", "+49 30 555000", "+4930555000"])
def test_a_number_stands_for_its_agents_however_it_is_written(number: str) -> None:
    assert source_of("zammad").agents_of(number) == {"anna", "ben"}


@pytest.mark.parametrize(("user", "agents"), [("ANNA Adler ", {"anna"}), ("Anna", set()), ("", set())])
def test_a_user_is_known_by_his_whole_name(user: str, agents: set[str]) -> None:
    assert source_of("zammad").agents_of(user) == agents


def test_a_source_may_send_so_many_a_second_and_twice_as_many_at_once() -> None:
    now = 0.0
    rate = RateLimit(lambda: now)
    assert [rate.wait_s("pbx", 2) for _ in range(5)] == [0, 0, 0, 0, 1]
    assert rate.wait_s("other", 2) == 0
    now = 0.5
    assert [rate.wait_s("pbx", 2) for _ in range(2)] == [0, 1]
    now = 1000.0
    assert [rate.wait_s("pbx", 2) for _ in range(5)] == [0, 0, 0, 0, 1]
