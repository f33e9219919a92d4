"""Keys over HTTP: what a provider may answer, and what nobody takes from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.backend.errors import IdentityProviderFailed
from nba_desktop.backend.sign_in.fetching import HttpKeys
from tests.fakes.certificates import Authority
from tests.unit.adapters.http_peer import Answer, Peer, says, serving, writes
from tests.unit.backend.sign_in.minting import entry, jwks

DISCOVERY = "/.well-known/openid-configuration"


class Provider:
    """A provider's two documents, good until a test says otherwise."""

    def __init__(self) -> None:
        self.peer = Peer("")
        self.answers: dict[str, Answer] = {}

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        self.answers.get(handler.path, says(404, ""))(handler)

    def is_good(self) -> None:
        self.discovers()
        self.says("/keys", jwks("ours"))

    def discovers(self, **changes: Any) -> None:
        self.says(DISCOVERY, {"issuer": self.peer.url, "jwks_uri": f"{self.peer.url}/keys", **changes})

    def says(self, path: str, content: Any, status: int = 200, **headers: str) -> None:
        self.answers[path] = says(status, json.dumps(content), **headers)

    def fetch(self, total_s: float = 5.0, **changes: Any) -> set[str]:
        return set(HttpKeys(entry(issuer=self.peer.url, **changes), total_s)())

    def fails(self, total_s: float = 5.0, **changes: Any) -> str:
        with pytest.raises(IdentityProviderFailed) as raised:
            self.fetch(total_s, **changes)
        return str(raised.value)


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    with serving(made) as made.peer:
        made.is_good()
        yield made


def test_the_keys_are_where_the_discovery_document_says(provider: Provider) -> None:
    assert provider.fetch() == {"ours"}
    assert [request.path for request in provider.peer.requests] == [DISCOVERY, "/keys"]


def test_a_site_may_say_itself_where_they_are(provider: Provider) -> None:
    provider.says("/keys?appid=nba", jwks("curve"))
    assert provider.fetch(jwks_uri=f"{provider.peer.url}/keys?appid=nba") == {"curve"}
    assert [request.path for request in provider.peer.requests] == ["/keys?appid=nba"]


def test_an_issuer_with_a_path_has_its_document_below_it(provider: Provider) -> None:
    issuer = f"{provider.peer.url}/realms/site/"
    provider.answers[f"/realms/site{DISCOVERY}"] = says(
        200, json.dumps({"issuer": issuer, "jwks_uri": f"{provider.peer.url}/keys"})
    )
    assert set(HttpKeys(entry(issuer=issuer))()) == {"ours"}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"issuer": "https://evil.example"}, "another issuer: 'https://evil.example', expected is 'http://127.0.0.1:"),
        ({"issuer": None}, "another issuer: none, expected is 'http://127.0.0.1:"),
        ({"jwks_uri": "http://evil.example/keys"}, "no usable jwks_uri"),
        ({"jwks_uri": "file:///etc/passwd"}, "no usable jwks_uri"),
        ({"jwks_uri": ["https://login.example/keys"]}, "no usable jwks_uri"),
        ({"jwks_uri": None}, "no usable jwks_uri"),
    ],
)
def test_a_discovery_document_of_somebody_else_is_not_followed(
    provider: Provider, changes: dict[str, Any], why: str
) -> None:
    provider.discovers(**changes)
    assert why in provider.fails()
    assert [request.path for request in provider.peer.requests] == [DISCOVERY]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (says(200, "<html>Sign in to the network</html>"), "its keys: no JSON"),
        (says(200, "[" * 100_000), "its keys: no JSON"),
        (says(200, "[]"), "its keys: no JSON object"),
        (says(200, "{}"), "none that can check a token"),
        (says(302, "", Location="/other"), "its keys: status 302"),
        (says(503, ""), "its keys: status 503"),
        (says(200, "x" * 600_000), "its keys: more than 512 kB"),
        (writes(b""), "its keys: the connection failed"),
        (writes(b"garbage\r\n\r\n"), "its keys: the connection failed"),
    ],
)
def test_what_is_no_answer_is_said_in_a_word(provider: Provider, answer: Answer, why: str) -> None:
    provider.answers["/keys"] = answer
    assert why in provider.fails()


def test_a_provider_that_does_not_answer_is_not_waited_for(provider: Provider) -> None:
    def hang(_handler: BaseHTTPRequestHandler) -> None:
        provider.peer.leaving.wait(10)

    provider.answers["/keys"] = hang
    assert provider.fails(total_s=0.2) == "its keys: no answer in time"


def test_nobody_listens() -> None:
    with pytest.raises(IdentityProviderFailed, match="its discovery document: no connection"):
        HttpKeys(entry(issuer="http://127.0.0.1:9"))()


def test_only_a_certificate_that_this_machine_trusts_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    made = Provider()
    with serving(made, authority.certify("127.0.0.1")) as made.peer:
        made.is_good()
        assert made.fails() == "its discovery document: its certificate is not trusted here"
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.ca_file))
        assert made.fetch() == {"ours"}


def test_a_proxy_is_asked_where_the_site_names_one(provider: Provider) -> None:
    # A proxy gets whole addresses for what is not encrypted.
    provider.answers[f"http://localhost:1{DISCOVERY}"] = says(
        200, json.dumps({"issuer": "http://localhost:1", "jwks_uri": "http://localhost:1/keys"})
    )
    provider.answers["http://localhost:1/keys"] = says(200, json.dumps(jwks("ours")))
    assert set(HttpKeys(entry(issuer="http://localhost:1", proxy=provider.peer.url))()) == {"ours"}
