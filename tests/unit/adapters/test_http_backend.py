from __future__ import annotations

import http.client
import json
import socket
import threading
import time
import traceback
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

import pytest
import requests
import urllib3
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters import http_client
from nba_desktop.adapters.backend_url import checked_url
from nba_desktop.adapters.bearer_token import BearerToken
from nba_desktop.adapters.http_backend import HttpBackend
from nba_desktop.adapters.http_client import Timeouts
from nba_desktop.adapters.network.routes import Route
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel, CallFlag, ProblemCode, Speaker
from nba_desktop.contract.consent import ConsentProof
from nba_desktop.contract.day import AgentDay
from nba_desktop.contract.events import (
    CallerAuthenticated,
    CallFlagged,
    ConcernChosen,
    ConcernSolved,
    ContactStarted,
    EventBatch,
    SpeakerNamed,
)
from nba_desktop.domain.errors import (
    BackendError,
    BackendFault,
    BackendGibberish,
    BackendOffline,
    BackendRefusal,
    BackendTimeout,
    BackendUnauthorised,
    BackendUntrusted,
    FailureCode,
    SecretsError,
    SettingsError,
)
from tests.fakes.knowledge import knowledge_base
from tests.fakes.views import full_view
from tests.unit.adapters.events import AT, CONTACT, note
from tests.unit.adapters.http_peer import Answer, Peer, says, serving, writes

QUICK = Timeouts(connect_s=1.0, read_s=0.3, total_s=0.6)
CATALOGUE = '{"version":"7","language":"de","concerns":[{"code":"move","label":"Umzug"}]}'
VIEW = full_view(CONTACT, solved=False)
NOTHING_FOUND = '{"hits":[]}'
# Text that must never be found in an error.
SEARCHED = "Lisa-Sommer-" + str(4711)
TOKEN = "t0ken-" + str(4711)


def started() -> ContactStarted:
    return ContactStarted(event_id=new_id(), contact_id=CONTACT, seq=1, at=AT, interaction_id="1700000000.1")


def failure_of(answer: Answer, timeouts: Timeouts = QUICK) -> BackendError:
    """The error that a search ends in; nothing of what was searched may be in it."""
    with serving(answer) as peer, pytest.raises(BackendError) as caught:
        HttpBackend(peer.url, TOKEN, timeouts).search(SEARCHED, CONTACT)
    told = "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None
    assert SEARCHED not in told
    assert TOKEN not in told
    return caught.value


# ---- good answers


@pytest.fixture
def peer() -> Iterator[Peer]:
    view = VIEW.model_dump_json()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        path = handler.path.split("?")[0]
        body = {
            "/v1/customers": NOTHING_FOUND,
            "/v1/catalogue": CATALOGUE,
            "/v1/catalogue/knowledge": knowledge_base("de").model_dump_json(),
            "/v1/events": '{"verdicts":[]}',
            f"/v1/contacts/{CONTACT}/consents/proof": '{"entries":[],"intact":true}',
            "/v1/contacts/today": AgentDay(day=AT.date(), contacts=()).model_dump_json(),
            "/healthz": '{"status":"ok"}',
        }.get(path, view)
        says(200, body)(handler)

    with serving(answer) as peer:
        yield peer


def test_a_contact_is_begun_with_the_event_and_the_whole_view_comes_back(peer: Peer) -> None:
    event = started()
    assert HttpBackend(peer.url, "secret").start_contact(event) == VIEW
    request = peer.requests[0]
    assert (request.method, request.path) == ("POST", "/v1/contacts")
    assert ContactStarted.model_validate_json(request.body) == event
    assert request.headers["Authorization"] == "Bearer secret"
    assert request.headers["Content-Type"] == "application/json"


def test_caller_concern_and_situation_go_to_their_contact(peer: Peer) -> None:
    backend = HttpBackend(peer.url + "/nba/", "secret")
    common = {"event_id": new_id(), "contact_id": CONTACT, "seq": 2, "at": AT}
    backend.settle_caller(
        CallerAuthenticated.model_validate({**common, "customer_id": "C1", "level": AuthLevel.AUTHENTICATED})
    )
    backend.settle_concern(ConcernChosen.model_validate({**common, "concern": "move"}))
    backend.settle_concern(ConcernSolved.model_validate({**common, "solved": True}))
    backend.settle_situation(
        SpeakerNamed.model_validate({**common, "customer_id": "C1", "speaker": Speaker.REPRESENTATIVE})
    )
    backend.settle_situation(CallFlagged.model_validate({**common, "flag": CallFlag.OUTAGE, "on": True}))
    assert [request.path for request in peer.requests] == [
        f"/nba/v1/contacts/{CONTACT}/caller",
        f"/nba/v1/contacts/{CONTACT}/concern",
        f"/nba/v1/contacts/{CONTACT}/concern",
        f"/nba/v1/contacts/{CONTACT}/situation",
        f"/nba/v1/contacts/{CONTACT}/situation",
    ]


def test_the_proof_is_asked_of_its_contact_and_the_day_of_none(peer: Peer) -> None:
    backend = HttpBackend(peer.url, "secret")
    assert backend.consent_proof(CONTACT) == ConsentProof(entries=(), intact=True)
    assert backend.today() == AgentDay(day=AT.date(), contacts=())
    assert [(request.method, request.path) for request in peer.requests] == [
        ("GET", f"/v1/contacts/{CONTACT}/consents/proof"),
        ("GET", "/v1/contacts/today"),
    ]


def test_a_search_is_asked_within_its_contact(peer: Peer) -> None:
    assert HttpBackend(peer.url, "secret").search("Müller & Söhne", CONTACT).hits == ()
    assert peer.requests[0].path == f"/v1/customers?q=M%C3%BCller+%26+S%C3%B6hne&contact_id={CONTACT}"


def test_the_catalogue_is_asked_in_a_language(peer: Peer) -> None:
    head = HttpBackend(peer.url, "secret").catalogue("de")
    assert (head.version, head.concerns[0].label) == ("7", "Umzug")
    assert peer.requests[0].path == "/v1/catalogue?language=de"


def test_the_knowledge_is_asked_in_a_language(peer: Peer) -> None:
    assert HttpBackend(peer.url, "secret").knowledge("de") == knowledge_base("de")
    assert peer.requests[0].path == "/v1/catalogue/knowledge?language=de"


def test_stored_events_go_out_as_they_are_stored_and_in_their_order(peer: Peer) -> None:
    events = (note(1, "Zähler „links“"), note(2))
    stored = tuple(event.model_dump_json() for event in events)
    assert HttpBackend(peer.url, "secret").send(stored).verdicts == ()
    body = peer.requests[0].body
    assert body.decode() == '{"events":[' + ",".join(stored) + "]}"
    assert EventBatch.model_validate_json(body).events == events


def test_health_is_asked_of_the_backend(peer: Peer) -> None:
    HttpBackend(peer.url, "secret").check_health()
    assert peer.requests[0].path == "/healthz"


def test_another_token_is_used_from_the_next_request_on(peer: Peer) -> None:
    token = BearerToken("one")
    backend = HttpBackend(peer.url, token)
    backend.catalogue("de")
    token.replace("two")
    backend.catalogue("de")
    assert [request.headers["Authorization"] for request in peer.requests] == ["Bearer one", "Bearer two"]


def test_one_connection_is_used_by_whichever_thread_asks(peer: Peer) -> None:
    backend = HttpBackend(peer.url, "secret")
    for _ in range(3):
        thread = threading.Thread(target=backend.catalogue, args=("de",))
        thread.start()
        thread.join()
    assert len({request.connection for request in peer.requests}) == 1


def test_requests_at_the_same_time_have_a_connection_each() -> None:
    met = threading.Barrier(2)

    def together(handler: BaseHTTPRequestHandler) -> None:
        met.wait(10)
        says(200, CATALOGUE)(handler)

    with serving(together) as peer:
        backend = HttpBackend(peer.url, "secret")
        threads = [threading.Thread(target=backend.catalogue, args=("de",)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len({request.connection for request in peer.requests}) == 2


def test_a_connection_that_was_idle_for_long_is_not_used_again(peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = HttpBackend(peer.url, "secret")
    backend.catalogue("de")
    monkeypatch.setattr(http_client, "_LONGEST_IDLE_S", 0.0)
    backend.catalogue("de")
    assert peer.requests[0].connection != peer.requests[1].connection


def test_proxies_netrc_and_certificate_stores_of_the_environment_are_not_used(
    peer: Peer, monkeypatch: pytest.MonkeyPatch, own_home: object
) -> None:
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    for variable in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(variable, "/nowhere/ca.pem")
    (own_home / "netrc").write_text("machine 127.0.0.1 login else password where")  # type: ignore[operator]
    monkeypatch.setenv("NETRC", str(own_home / "netrc"))  # type: ignore[operator]
    HttpBackend(peer.url, "secret").catalogue("de")
    assert peer.requests[0].headers["Authorization"] == "Bearer secret"


# ---- bad answers


def test_nobody_there_is_offline() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(BackendOffline) as caught:
            HttpBackend(url, "secret").catalogue("de")
    assert str(caught.value).startswith("nothing listens at the backend's address")


def test_a_name_that_does_not_exist_is_offline() -> None:
    with pytest.raises(BackendOffline) as caught:
        HttpBackend("https://backend.invalid", "secret").catalogue("de")
    assert caught.value.code is FailureCode.OFFLINE
    assert str(caught.value).startswith("the name of the backend's host cannot be found")


def waits(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1.0)
    handler.close_connection = True


def waits_in_the_body(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
    waits(handler)


def drips(raw: bytes) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        for index in range(len(raw)):
            handler.wfile.write(raw[index : index + 1])
            time.sleep(0.05)

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        waits,
        waits_in_the_body,
        drips(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n" + b" " * 900),
        drips(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\n \r\n" * 900),
    ],
    ids=["silent", "silent in the body", "dripping", "dripping chunks"],
)
def test_a_slow_answer_is_a_timeout_within_the_total_time(answer: Answer) -> None:
    began = time.monotonic()
    assert isinstance(failure_of(answer), BackendTimeout)
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + b'{"hits":[',
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"hit\r\n',
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n",
    ],
    ids=["no answer", "half a body", "half the chunks", "a chunk that is none"],
)
def test_a_half_closed_answer_is_offline(raw: bytes) -> None:
    assert isinstance(failure_of(writes(raw)), BackendOffline)


@pytest.mark.parametrize("status", [500, 502, 503, 408, 425, 429])
def test_a_fault_is_worth_another_try(status: int) -> None:
    failure = failure_of(says(status, "<html>oops</html>", "text/html"))
    assert isinstance(failure, BackendFault)
    assert (failure.status, failure.retry_after_s) == (status, None)


def test_retry_after_is_read_in_seconds() -> None:
    failure = failure_of(says(429, "", Retry_After="17"))
    assert isinstance(failure, BackendFault)
    assert failure.retry_after_s == 17.0


def test_retry_after_is_read_as_a_date() -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    failure = failure_of(says(503, "", Retry_After=at))
    assert isinstance(failure, BackendFault)
    assert failure.retry_after_s is not None
    assert 60 < failure.retry_after_s <= 100


@given(st.text(max_size=40) | st.from_regex(r"\A[A-Z][a-z]{2}, [0-9]{1,3} [A-Z][a-z]{2} [0-9]{1,5} [0-9:]{1,8} .{0,6}"))
def test_any_retry_after_is_seconds_or_nothing(text: str) -> None:
    seconds = http_client._seconds(text)
    assert seconds is None or seconds >= 0


def test_a_token_that_is_not_accepted_is_said() -> None:
    assert isinstance(failure_of(says(401, "")), BackendUnauthorised)


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 422])
def test_a_refusal_carries_the_problem_document(status: int) -> None:
    document = {"type": "about:blank", "title": "No", "status": status, "code": "conflict", "new": "field"}
    failure = failure_of(says(status, json.dumps(document), "application/problem+json"))
    assert isinstance(failure, BackendRefusal)
    assert failure.problem is not None
    assert (failure.status, failure.problem.code) == (status, ProblemCode.CONFLICT)


@pytest.mark.parametrize("body", ["", "<html>", "[]", '{"code":"nobody_knows_this"}'])
def test_a_refusal_without_a_problem_document_is_one_too(body: str) -> None:
    failure = failure_of(says(404, body))
    assert isinstance(failure, BackendRefusal)
    assert failure.problem is None


PORTAL = "<!doctype html><title>Wi-Fi</title><form action=/login>Please accept the terms</form>"


@pytest.mark.parametrize(
    "answer",
    [
        says(200, PORTAL, "text/html"),
        says(200, ""),
        says(200, b"\xff\xfe\x00garbage"),
        says(200, '{"hits":'),
        says(200, "[]"),
        says(200, '{"hits":[{"customer_id":"C1","display_name":"Anna-Winter"}]}'),
        says(200, "[" * 100_000),
        says(204, ""),
        says(302, "", Location="/elsewhere"),
        says(307, "", Location="https://portal.invalid/"),
        says(304, ""),
        says(511, PORTAL, "text/html"),
        says(200, "not gzip", Content_Encoding="gzip"),
        writes(b"SSH-2.0-OpenSSH_9.2\r\n"),
        says(600, ""),
    ],
    ids=[
        *("captive portal", "nothing", "bytes", "half JSON", "another JSON", "missing fields", "deep"),
        *(
            "no content",
            "redirect",
            "redirect away",
            "not modified",
            "network login",
            "not gzip",
            "no HTTP",
            "no status",
        ),
    ],
)
def test_an_answer_that_is_not_the_backends_is_said_to_be_that(answer: Answer) -> None:
    failure = failure_of(answer)
    assert isinstance(failure, BackendGibberish)
    assert "Anna-Winter" not in str(failure)


def test_a_redirect_is_not_followed_with_the_token() -> None:
    with serving(says(200, NOTHING_FOUND)) as elsewhere:
        failure = failure_of(says(307, "", Location=elsewhere.url))
        assert isinstance(failure, BackendGibberish)
        assert elsewhere.requests == []


def test_places_of_what_does_not_fit_are_named_and_no_values() -> None:
    failure = failure_of(says(200, '{"hits":[{"customer_id":"C1","display_name":"Anna-Winter"}]}'))
    assert (
        str(failure) == "the answer is not a SearchAnswer (at hits.customer_no_masked, hits.match, hits.place_masked)"
    )


def test_an_endless_answer_is_cut_off() -> None:
    def pours(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        handler.close_connection = True
        while True:
            handler.wfile.write(b" " * 65536)

    assert isinstance(failure_of(pours, Timeouts(1.0, 5.0, 20.0)), BackendGibberish)


def test_a_small_answer_that_unpacks_to_a_huge_one_is_cut_off() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = packer.compress(b" " * 64 * 1024 * 1024) + packer.flush()
    assert len(bomb) < 100_000
    failure = failure_of(says(200, bomb, Content_Encoding="gzip"), Timeouts(1.0, 5.0, 20.0))
    assert isinstance(failure, BackendGibberish)


def test_a_server_without_tls_where_tls_is_expected_is_not_believed() -> None:
    with serving(says(200, CATALOGUE)) as peer, pytest.raises(BackendUntrusted) as caught:
        HttpBackend(peer.url.replace("http:", "https:"), "secret", QUICK).catalogue("de")
    assert caught.value.code is FailureCode.NOT_ENCRYPTED


def test_after_a_fault_the_same_backend_can_be_used_again() -> None:
    answers = iter([waits, says(500, ""), writes(b"HTTP/1.1 200"), says(200, CATALOGUE)])
    with serving(lambda handler: next(answers)(handler)) as peer:
        backend = HttpBackend(peer.url, "secret", QUICK)
        for _ in range(3):
            with pytest.raises(BackendError):
                backend.catalogue("de")
        assert backend.catalogue("de").version == "7"


# ---- no foreign error leaks


def descendants(root: type[Exception]) -> list[type[Exception]]:
    found = [root]
    for child in root.__subclasses__():
        found += [c for c in descendants(child) if c not in found]
    return found


FOREIGN = [
    *descendants(requests.exceptions.RequestException),
    *descendants(urllib3.exceptions.HTTPError),
    *descendants(http.client.HTTPException),
    *(OSError, ConnectionResetError, BrokenPipeError, TimeoutError, socket.gaierror, UnicodeError, ValueError),
]


def made(kind: type[Exception]) -> Exception:
    """An exception of a kind without its constructor, whose arguments differ."""
    error = kind.__new__(kind)
    error.args = (f"about {SEARCHED}",)
    return error


class Raising:
    """Routes on which each request ends with an error."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def to(self, url: str) -> tuple[Route, ...]:
        raise self.error

    def failed(self, way: Route) -> None:
        raise AssertionError(str(way))


@pytest.mark.parametrize("kind", FOREIGN, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_no_foreign_error_leaks(kind: type[Exception]) -> None:
    backend = HttpBackend("https://backend.invalid", "secret", routes=Raising(made(kind)))
    with pytest.raises(BackendError) as caught:
        backend.search(SEARCHED, CONTACT)
    assert caught.value.__context__ is None
    assert SEARCHED not in "".join(traceback.format_exception(caught.value))


def test_every_kind_of_foreign_error_is_driven_through() -> None:
    names = {name for name, value in vars(requests.exceptions).items() if isinstance(value, type)}
    kinds = {
        value
        for value in vars(requests.exceptions).values()
        if isinstance(value, type) and issubclass(value, requests.exceptions.RequestException)
    }
    assert kinds <= set(FOREIGN)
    assert {"ConnectionError", "ReadTimeout", "ChunkedEncodingError"} <= names


# ---- addresses and tokens


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://nba.example.com", "https://nba.example.com"),
        ("https://nba.example.com:8443/site/", "https://nba.example.com:8443/site"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("http://localhost:1", "http://localhost:1"),
    ],
)
def test_an_address_that_may_be_used(url: str, kept: str) -> None:
    assert checked_url(url) == kept


@pytest.mark.parametrize(
    "url",
    [
        *("", "nba.example.com", "ftp://nba.example.com", "file:///etc/passwd", "https://", "https:///v1"),
        *("http://nba.example.com", "http://10.0.0.1", "http://0.0.0.0", "http://localhost.example.com"),
        *("http://127.0.0.1.example.com", "http://[::2]", "http://[::1", "https://host:99999", "https://host:0"),
        *("https://user:pass@nba.example.com", "https://nba.example.com/?token=1", "https://nba.example.com/#x"),
        *("https://nba.example.com/\r\nX: y", "https://nba example.com", "https://nbä.example.com"),
    ],
)
def test_an_address_that_may_not_be_used_is_said_without_repeating_it(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        HttpBackend(url, "secret")
    assert caught.value.where == "backend.url"
    assert len(url) < 10 or url not in str(caught.value).replace("https://nba.example.com", "")


@pytest.mark.parametrize("token", ["", "two words", "line\r\nX-Admin: 1", "ключ", "tab\t"])
def test_a_token_that_cannot_be_one_is_refused_before_it_is_sent(token: str) -> None:
    with pytest.raises(SecretsError) as caught:
        HttpBackend("https://nba.example.com", token)
    assert caught.value.code is FailureCode.KEYRING_NO_TOKEN
