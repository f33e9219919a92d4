"""Telephone systems post to a real backend: taken, refused or malformed, and never an internal error."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nba_desktop.backend.calls.sources import SourceService
from nba_desktop.backend.rows.hooks import HookDialect, HookRow
from nba_desktop.contract.codes import Role
from nba_desktop.contract.problems import Problem
from tests.fakes.backend_site import Client
from tests.fakes.sse import streaming
from tests.unit.backend.api.conftest import Backend

KEY = "placetel-shared-secret"
PUBLIC = "https://nba.example/base/"


def row(source: str, dialect: HookDialect, **changes: Any) -> HookRow:
    values: dict[str, Any] = {
        "source": source,
        "dialect": dialect,
        "secret_sha256": None,
        "signing_key": None,
        "number_format": "e164_without_plus",
        "region": "DE",
        "trunk_prefix": "",
        "extension_digits": 5,
        "queues": frozenset(),
        "internal_calls": False,
        "public_url": PUBLIC,
        "events_per_s": 1000,
        "created_at": datetime(2026, 3, 12, tzinfo=UTC),
    }
    return HookRow(**values | changes)


@pytest.fixture(scope="module", autouse=True)
def tokens(backend: Backend) -> dict[str, str]:
    """Three telephone systems whose user Anna is the agent anna, and one that may send little; their secrets."""
    service = SourceService(backend.store)
    made = {
        "zammad": service.create(row("zammad", HookDialect.ZAMMAD)),
        "sipgate": service.create(row("sipgate", HookDialect.SIPGATE)),
        "placetel": service.create(row("placetel", HookDialect.PLACETEL), KEY),
        "slow": service.create(row("slow", HookDialect.ZAMMAD, events_per_s=1)),
    }
    backend.tokens.create("otto", frozenset({Role.AGENT}))
    for source in made:
        service.map_user(source, "Anna", "anna")
        service.map_user(source, "Otto", "otto")
    return made


def post(backend: Backend, source: str, body: str | bytes, **kwargs: Any) -> requests.Response:
    return Client(backend.url).send("POST", f"/v1/hooks/{source}", data=body, **kwargs)


def new_call(call: str) -> str:
    return f"event=newCall&callId={call}&direction=in&from=4930600000001&to=4930555000&user%5B%5D=Anna"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (new_call("form"), "application/x-www-form-urlencoded"),
        (
            '{"event":"newCall","callId":"json","direction":"in","from":"4930600000001","user":["Anna"]}',
            "application/json",
        ),
        ('\n {"event":"newCall","callId":"plain","direction":"in","from":4930600000001,"user":"Anna"}', "text/plain"),
    ],
)
def test_json_and_forms_reach_the_agent(backend: Backend, tokens: dict[str, str], body: str, content_type: str) -> None:
    assert backend.agent.token is not None
    with streaming(backend.url, backend.agent.token) as stream:
        snapshot = stream.event()
        stream.events(len(snapshot.legs))
        answer = post(
            backend, "zammad", body, params={"token": tokens["zammad"]}, headers={"Content-Type": content_type}
        )
        assert (answer.status_code, answer.json()) == (200, {})
        ringing = stream.event()
        assert (ringing.type, ringing.caller.e164, ringing.source) == ("ringing", "+4930600000001", "zammad")


def test_sipgate_is_told_where_to_send_the_rest(backend: Backend, tokens: dict[str, str]) -> None:
    answer = post(backend, "sipgate", new_call("s-1"), params={"token": tokens["sipgate"]})
    assert answer.headers["Content-Type"].startswith("application/xml")
    response = ElementTree.fromstring(answer.text)
    asked = f"https://nba.example/base/v1/hooks/sipgate?token={tokens['sipgate']}"
    assert (response.tag, response.attrib) == ("Response", {"onAnswer": asked, "onHangup": asked})
    later = post(backend, "sipgate", "event=hangup&callId=s-1&cause=cancel", params={"token": tokens["sipgate"]})
    assert ElementTree.fromstring(later.text).attrib == {}


def test_placetel_signs_what_it_posts(backend: Backend, tokens: dict[str, str]) -> None:
    body = "event=IncomingCall&from=030600000001&to=030555000&call_id=p-1"
    signature = hmac.new(KEY.encode(), body.encode(), hashlib.sha256).hexdigest()
    assert post(backend, "placetel", body, headers={"X-PLACETEL-SIGNATURE": signature}).status_code == 200
    forged = post(backend, "placetel", body + "1", headers={"X-PLACETEL-SIGNATURE": signature})
    assert forged.status_code == 401


def test_an_unknown_source_and_a_wrong_secret_are_the_same_answer(backend: Backend, tokens: dict[str, str]) -> None:
    answers = [
        post(backend, source, new_call("x"), params={"token": token})
        for source, token in (
            ("zammad", "wrong"),
            ("zammad", ""),
            ("zammad", tokens["sipgate"]),
            ("placetel", KEY),
            ("nobody", "wrong"),
            ("nobody", tokens["zammad"]),
        )
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text.replace(answer.headers["X-Request-Id"], "") for answer in answers}) == 1
    assert len({tuple(sorted(set(answer.headers) - {"date"})) for answer in answers}) == 1


def test_a_panels_token_opens_no_webhook_and_a_webhooks_secret_nothing_else(
    backend: Backend, tokens: dict[str, str]
) -> None:
    assert backend.agent.send("POST", "/v1/hooks/zammad", data=new_call("x")).status_code == 401
    assert Client(backend.url, tokens["zammad"]).send("GET", "/v1/stream").status_code == 401


def test_only_the_hooks_themselves_are_open_without_a_token(backend: Backend) -> None:
    for path in ("/v1/hooks", "/v1/hooks/", "/v1/hooks/a/b", "/v1/hooks/../stream"):
        assert Client(backend.url).send("POST", path, data="x").status_code in (401, 404)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"event=newCall", b"event=newCall&callId=1&direction=up", b"\xff\xfe", b"[" * 60_000]
)
def test_what_cannot_be_read_is_a_problem_of_the_sender(backend: Backend, tokens: dict[str, str], body: bytes) -> None:
    answer = post(backend, "zammad", body, params={"token": tokens["zammad"]})
    assert answer.status_code == 400
    assert Problem.model_validate_json(answer.content).code.value == "invalid_message"


def test_a_body_has_an_end(backend: Backend, tokens: dict[str, str]) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(80):
            yield b"x" * 1024

    for body in (b"x" * 70_000, endless()):
        answer = post(backend, "zammad", body, params={"token": tokens["zammad"]})  # type: ignore[arg-type]
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_source_that_sends_too_much_is_told_when_to_try_again(backend: Backend, tokens: dict[str, str]) -> None:
    for _ in range(10):
        # A stranger uses up nothing.
        assert post(backend, "slow", "event=ping&callId=1", params={"token": "wrong"}).status_code == 401
    answers = [post(backend, "slow", "event=ping&callId=1", params={"token": tokens["slow"]}) for _ in range(6)]
    assert [answer.status_code for answer in answers][:2] == [200, 200]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert refused[-1].json()["code"] == "rate_limited"
    assert int(refused[-1].headers["Retry-After"]) >= 1
    assert post(backend, "zammad", "event=ping&callId=1", params={"token": tokens["zammad"]}).status_code == 200


FIELD = st.sampled_from(["event", "callId", "from", "to", "direction", "user[]", "cause", "queue", "answeringNumber"])
WORD = st.sampled_from(["newCall", "answer", "hangup", "in", "out", "Anna", "1", "2"]) | st.text(max_size=12)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(FIELD, WORD, max_size=9) | st.binary(max_size=60), st.booleans())
def test_whatever_is_posted_is_taken_or_malformed(
    backend: Backend, tokens: dict[str, str], body: dict[str, str] | bytes, as_json: bool
) -> None:
    sent: dict[str, Any] = {"json": body} if as_json and isinstance(body, dict) else {"data": body}
    answer = Client(backend.url).send("POST", "/v1/hooks/zammad", params={"token": tokens["zammad"]}, **sent)
    assert answer.status_code in (200, 400)


def test_another_agent_hears_nothing_of_it(backend: Backend, tokens: dict[str, str]) -> None:
    other = Client(backend.url, backend.tokens.create("otto", frozenset({Role.AGENT})))
    assert other.token is not None
    with streaming(backend.url, other.token) as stream:
        assert stream.event().type == "snapshot"
        post(backend, "zammad", new_call("annas"), params={"token": tokens["zammad"]})
        both = new_call("both") + "&user%5B%5D=Otto"
        post(backend, "zammad", both, params={"token": tokens["zammad"]})
        # The next that he hears is his own.
        assert stream.event().leg_id == "zammad:both"
