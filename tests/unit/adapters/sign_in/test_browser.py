"""A sign-in in the browser, from the address that is opened to who has signed in, and every answer that is none."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from nba_desktop.adapters.sign_in.browser import Hints, end_session_address, sign_in
from nba_desktop.adapters.sign_in.loopback import Loopback, code_challenge
from nba_desktop.adapters.sign_in.pages import SignInPages
from nba_desktop.adapters.sign_in.provider import LARGEST, Provider
from nba_desktop.adapters.sign_in.tokens import Agent, SignedIn
from nba_desktop.domain.errors import SignInError
from tests.cases import cases
from tests.fakes.identity import ACCESS, CLIENT, CODE, SUBJECT, FakeBrowser, FakeIdentity, Lies, identity

WRONG: list[dict[str, Any]] = cases(Path(__file__).parent / "cases" / "wrong_answers.yaml")
PAGES = SignInPages("Done.", "It did not work.")


def signed_in(provider: FakeIdentity, browser: FakeBrowser, limit_s: float = 10.0, **more: Any) -> SignedIn:
    return sign_in(Provider(provider.settings(**more)), browser, threading.Event(), PAGES, limit_s=limit_s)


def test_whoever_signs_in_is_known_and_has_tokens() -> None:
    with identity() as provider:
        browser = FakeBrowser(provider)
        found = signed_in(provider, browser, resource="https://nba.example", audience="nba")
    assert found.agent == Agent(provider.issuer, SUBJECT)
    assert (found.agent.name, found.agent.login) == ("Anna Agent", "anna")
    assert (found.tokens.access_token, found.tokens.refresh_token, found.tokens.lifetime_s) == (
        ACCESS,
        "refresh-1",
        300,
    )
    asked = {name: values[0] for name, values in parse_qs(urlsplit(browser.opened[0]).query).items()}
    (form,) = provider.forms("/token")
    assert asked["code_challenge"] == code_challenge(form.pop("code_verifier"))
    assert form == {
        "grant_type": "authorization_code",
        "code": CODE,
        "redirect_uri": asked["redirect_uri"],
        "client_id": CLIENT,
        "resource": "https://nba.example",
        "audience": "nba",
    }
    assert urlsplit(asked["redirect_uri"]).hostname == "127.0.0.1"
    assert asked["scope"] == "openid profile offline_access"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert min(len(asked[one]) for one in ("state", "nonce", "code_challenge")) >= 43
    assert ACCESS not in repr(found)
    assert SUBJECT not in repr(found)


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case["name"])
def test_a_wrong_answer_signs_nobody_in(case: dict[str, Any]) -> None:
    with identity(Lies(**case["lies"])) as provider, pytest.raises(SignInError) as caught:
        signed_in(provider, FakeBrowser(provider), 0.3 if case["code"] == "sign_in_unanswered" else 10.0)
    assert caught.value.code.value == case["code"]
    assert CODE not in str(caught.value)
    assert case.get("says", "") in str(caught.value)


@pytest.mark.parametrize("days", [-365, 365])
def test_a_workstation_in_another_year_is_told_that_it_is_its_clock(days: int) -> None:
    with identity() as provider:
        there = Provider(provider.settings(), now=lambda: datetime.now(UTC) + timedelta(days=days))
        with pytest.raises(SignInError) as caught:
            sign_in(there, FakeBrowser(provider), threading.Event(), PAGES, 10.0)
    assert caught.value.code.value == "sign_in_clock"


def test_an_audience_of_two_counts_for_the_one_who_asked() -> None:
    with identity(Lies(claims={"aud": ["other", CLIENT], "azp": CLIENT})) as provider:
        assert signed_in(provider, FakeBrowser(provider)).agent.subject == SUBJECT


def test_an_answer_that_is_far_too_large_is_given_up() -> None:
    with identity(Lies(body="x" * (LARGEST + 1))) as provider, pytest.raises(SignInError):
        signed_in(provider, FakeBrowser(provider))


def test_who_is_expected_is_told_and_whoever_comes_after_a_sign_out_is_asked() -> None:
    with identity() as provider:
        for hints, wanted in ((Hints("anna"), {"login_hint": "anna"}), (Hints(anew=True), {"prompt": "login"})):
            browser = FakeBrowser(provider)
            sign_in(Provider(provider.settings()), browser, threading.Event(), PAGES, 10.0, hints)
            asked = parse_qs(urlsplit(browser.opened[0]).query)
            told = {name: values[0] for name, values in asked.items() if name in ("login_hint", "prompt")}
            assert told == wanted


@pytest.mark.parametrize("given_up", [True, False])
def test_a_browser_that_is_closed_ends_it_after_a_while_or_at_once(given_up: bool) -> None:
    stopped = threading.Event()
    if given_up:
        stopped.set()
    with identity() as provider, pytest.raises(SignInError) as caught:
        sign_in(Provider(provider.settings()), lambda _: True, stopped, PAGES, limit_s=60.0 if given_up else 0.1)
    assert caught.value.code.value == "sign_in_unanswered"


def test_a_provider_that_is_away_is_no_answer() -> None:
    with identity() as provider:
        settings = provider.settings()
    with pytest.raises(SignInError) as caught:
        Provider(settings).metadata()
    assert caught.value.code.value == "sign_in_unreachable"


def test_the_browser_ends_the_session_of_the_provider_where_it_has_one() -> None:
    with identity() as provider:
        address = end_session_address(Provider(provider.settings()), "the-id-token")
        assert address == f"{provider.issuer}/end?client_id={CLIENT}&id_token_hint=the-id-token"
        provider.lies = Lies(discovery={"end_session_endpoint": None})
        assert end_session_address(Provider(provider.settings()), "the-id-token") == ""


# ---- the loopback


def get(uri: str, path_and_query: str) -> tuple[int, str]:
    parts = urlsplit(uri)
    answer = requests.get(f"http://{parts.netloc}{path_and_query}", timeout=10)
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.text


def test_one_answer_counts_and_whoever_comes_before_beside_or_after_it_is_refused() -> None:
    never = threading.Event()
    with Loopback("s1", PAGES) as loopback:
        uri = loopback.redirect_uri
        refused = (400, PAGES.failed)
        assert get(uri, "/") == (404, PAGES.failed)
        assert get(uri, "/favicon.ico?state=s1&code=c") == (404, PAGES.failed)
        assert get(uri, "/callback?state=s2&code=c") == refused
        assert get(uri, "/callback?state=s1&state=s2&code=c") == refused
        assert get(uri, "/callback?" + "&".join(f"f{n}=1" for n in range(50)) + "&state=s1&code=c") == refused
        assert requests.post(uri, data={"state": "s1", "code": "c"}, timeout=10).status_code == 501
        assert loopback.answer(never, 0.1) is None
        assert get(uri, "/callback?state=s1&code=c&iss=x") == (200, PAGES.done)
        assert get(uri, "/callback?state=s1&code=other") == refused
        assert loopback.answer(never, 10.0) == {"state": "s1", "code": "c", "iss": "x"}
        assert loopback.answer(never, 0.1) is None
    with pytest.raises(requests.ConnectionError):
        get(uri, "/callback?state=s1&code=c")


def test_a_megabyte_is_no_answer_and_one_who_says_nothing_holds_nobody_up() -> None:
    with Loopback("s1", PAGES) as loopback:
        host, port = "127.0.0.1", urlsplit(loopback.redirect_uri).port
        assert port is not None
        with socket.create_connection((host, port)) as silent, socket.create_connection((host, port)) as loud:
            silent.sendall(b"GET /callback?state=s1")
            try:
                loud.sendall(b"GET /callback?state=s1&code=" + b"c" * 1_000_000 + b" HTTP/1.1\r\n\r\n")
                assert b" 414 " in loud.recv(100)
            except ConnectionError:
                pass  # it would not even be read to its end
            assert get(loopback.redirect_uri, "/callback?state=s1&code=c") == (200, PAGES.done)


def test_a_port_that_another_program_has_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        Loopback("s1", PAGES, taken.getsockname()[1]).__enter__()
