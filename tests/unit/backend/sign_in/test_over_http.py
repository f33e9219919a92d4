"""A backend with an identity provider, over real HTTP: what is refused, how, and until when a stream lasts."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

import pytest

from nba_desktop.backend.opening import now_utc
from tests.fakes.backend_site import Client, backend_app, serving
from tests.fakes.sse import streaming
from tests.unit.adapters import http_peer
from tests.unit.backend.sign_in.minting import claims, entry, jwks, mint

AGENTS: Final = "/v1/catalogue"


@dataclass(frozen=True)
class Site:
    url: str

    def comes(self, token: str, path: str = AGENTS) -> tuple[int, str, str | None]:
        """Come with a token; status, detail and the header that says why."""
        answer = Client(self.url, token).send("GET", path)
        return answer.status_code, answer.json().get("detail", ""), answer.headers.get("WWW-Authenticate")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with http_peer.serving(http_peer.says(200, json.dumps(jwks("ours")))) as peer:
        provider = entry(jwks_uri=peer.url)
        with backend_app(tmp_path_factory.mktemp("site"), sign_in=provider) as app, serving(app) as url:
            yield Site(url)


def test_a_token_of_the_provider_lets_in(site: Site) -> None:
    assert site.comes(mint(claims(now_utc()))) == (200, "", None)


def test_why_a_token_does_not_count_is_said_as_the_standard_says(site: Site) -> None:
    now = now_utc()
    assert site.comes(mint(claims(now, aud="other"))) == (
        401,
        "the token's aud is not the one that is expected here",
        'Bearer error="invalid_token", error_description="the token\'s aud is not the one that is expected here"',
    )
    assert site.comes(mint(claims(now, roles=["erp-user"]))) == (
        403,
        "the token gives no role here",
        'Bearer error="insufficient_scope", error_description="the token gives no role here"',
    )
    assert site.comes("unknown") == (
        401,
        "the token is not known here, or was revoked",
        'Bearer error="invalid_token", error_description="the token is not known here, or was revoked"',
    )
    assert site.comes("") == (401, "send one token, as Authorization: Bearer …", "Bearer")


def test_no_log_line_repeats_anything_of_a_token(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    now = now_utc()
    good, bad = mint(claims(now, sub="canary")), mint(claims(now, sub="canary", aud="other"))
    assert [site.comes(token)[0] for token in (good, bad, f"{bad}x")] == [403, 401, 401]
    assert "/v1/catalogue" in caplog.text
    for told in ("canary", good.split(".")[1], bad.split(".")[1]):
        assert told not in caplog.text


def test_a_token_may_be_long_but_not_endless(site: Site) -> None:
    now = now_utc()
    assert site.comes(mint(claims(now, groups=["x" * 36] * 280)))[0] == 200
    assert site.comes(mint(claims(now, groups=["x" * 36] * 330)))[0] == 401


def test_of_two_tokens_none_counts(site: Site) -> None:
    """Whoever stands in front may have looked at the other one."""
    parts = urlsplit(site.url)
    good = f"Bearer {mint(claims(now_utc()))}"
    with closing(http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=20)) as connection:
        connection.putrequest("GET", AGENTS)
        connection.putheader("Authorization", good)
        connection.putheader("Authorization", good)
        connection.endheaders()
        assert connection.getresponse().status == 401
    for said in (f"{good}, {good}", f"{good} {good}", f"{good},"):
        assert Client(site.url).send("GET", AGENTS, headers={"Authorization": said}).status_code == 401


def test_a_stream_ends_with_its_token(site: Site) -> None:
    now = now_utc()
    # The leeway of 30 seconds is spent but for one.
    token = mint(claims(now, exp=int((now - timedelta(seconds=28)).timestamp())))
    began = monotonic()
    with streaming(site.url, token) as stream:
        while stream.block():
            pass
    assert monotonic() - began < 10
    assert site.comes(token)[:2] == (401, "the token has expired")


@pytest.mark.expected_log(r"keys: the identity provider fails and none of its keys is known")
def test_without_keys_it_is_not_the_token_that_is_wrong(tmp_path_factory: pytest.TempPathFactory) -> None:
    provider = entry(jwks_uri="http://127.0.0.1:9/keys")
    with backend_app(tmp_path_factory.mktemp("site"), sign_in=provider) as app, serving(app) as url:
        answer = Client(url, mint(claims(now_utc()))).send("GET", AGENTS)
        assert (answer.status_code, answer.json()["code"]) == (503, "sign_in_unavailable")
        assert answer.headers["Retry-After"] == "5"
        assert Client(url).send("GET", "/healthz").status_code == 200
