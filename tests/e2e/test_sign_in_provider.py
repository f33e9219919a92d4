"""The panel's sign-in against a real provider, with a browser that does what it should, or what it should not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from nba_desktop.adapters.settings import SignInSettings
from nba_desktop.adapters.sign_in.browser import Hints, end_session_address, sign_in
from nba_desktop.adapters.sign_in.pages import SignInPages
from nba_desktop.adapters.sign_in.provider import Provider
from nba_desktop.adapters.sign_in.renewing import renewed
from nba_desktop.adapters.sign_in.tokens import SignedIn
from nba_desktop.domain.errors import SignInError
from tests.oidc.browser import Browser
from tests.oidc.provider import Provider as RealProvider
from tests.oidc.provider import oidc_provider

PAGES = SignInPages("Done.", "It did not work.")
LIMIT_S = 20.0
Change = Callable[[str], str]


@pytest.fixture(scope="module")
def shared() -> Iterator[RealProvider]:
    with oidc_provider() as running:
        yield running


@pytest.fixture
def real(shared: RealProvider) -> RealProvider:
    shared.set(refuse=None, algorithm="RS256", sign_in_as="anna")
    return shared


def with_field(name: str, value: str | None) -> Change:
    """Another value of a field of an address; None takes it away."""

    def changed(address: str) -> str:
        fields = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()} | {name: value or ""}
        if value is None:
            del fields[name]
        return f"{address.partition('?')[0]}?{urlencode(fields)}"

    return changed


class Meddling:
    """A browser that changes what it is sent to, and what it comes back with; it comes back `times` times."""

    def __init__(self, going: Change | None = None, coming: Change | None = None, times: int = 1) -> None:
        self.going = going or (lambda address: address)
        self.coming = coming or (lambda address: address)
        self.times = times
        self.shown: list[tuple[int, str]] = []

    def __call__(self, address: str) -> None:
        threading.Thread(target=self.visit, args=(address,), daemon=True).start()

    def visit(self, address: str) -> None:
        home = parse_qs(urlsplit(address).query)["redirect_uri"][0]
        back = Browser().visit(self.going(address), stop_at=home)
        # Not where the provider itself sends nobody back.
        if back.startswith(home):
            for _ in range(self.times):
                answer = requests.get(self.coming(back), timeout=LIMIT_S)
                self.shown.append((answer.status_code, answer.text))


def settings(real: RealProvider, **more: str) -> SignInSettings:
    given = {"method": "openid", "issuer": real.issuer, "client_id": real.client_id, **more}
    return SignInSettings.model_validate(given)


def signed_in(real: RealProvider, browser: Meddling, limit_s: float = LIMIT_S, **more: str) -> SignedIn:
    return sign_in(Provider(settings(real, **more)), browser, threading.Event(), PAGES, limit_s)


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_whoever_signs_in_is_known_also_after_the_keys_were_changed(real: RealProvider, algorithm: str) -> None:
    real.set(algorithm=algorithm)
    real.rotate_keys()
    found = signed_in(real, browser := Meddling())
    assert (found.agent.subject, found.agent.name, found.agent.login) == ("anna", "Anna Agent", "anna")
    assert found.tokens.refresh_token
    assert browser.shown == [(200, PAGES.done)]


@pytest.mark.parametrize(
    ("browser", "more", "code"),
    [
        (Meddling(coming=with_field("state", "another")), {}, "sign_in_unanswered"),
        (Meddling(coming=with_field("state", None)), {}, "sign_in_unanswered"),
        (Meddling(coming=with_field("iss", "https://other.example")), {}, "sign_in_untrusted"),
        (Meddling(coming=with_field("iss", None)), {}, "sign_in_untrusted"),
        (Meddling(coming=with_field("code", "another")), {}, "sign_in_refused"),
        (Meddling(going=with_field("nonce", "another")), {}, "sign_in_untrusted"),
        (Meddling(going=with_field("code_challenge", "A" * 43)), {}, "sign_in_refused"),
        (Meddling(going=with_field("client_id", "nobody")), {}, "sign_in_unanswered"),
        (Meddling(going=lambda address: address.partition("/auth")[0] + "/closed"), {}, "sign_in_unanswered"),
        (Meddling(), {"resource": "no address"}, "sign_in_refused"),
    ],
    ids=["state", "no state", "issuer", "no issuer", "code", "nonce", "PKCE", "client", "closed browser", "resource"],
)
def test_what_is_not_this_sign_in_signs_nobody_in(
    real: RealProvider, browser: Meddling, more: dict[str, str], code: str
) -> None:
    with pytest.raises(SignInError) as caught:
        signed_in(real, browser, 0.7 if code == "sign_in_unanswered" else LIMIT_S, **more)
    assert caught.value.code.value == code


def test_a_provider_that_calls_itself_otherwise_is_not_the_one(real: RealProvider) -> None:
    with pytest.raises(SignInError) as caught:
        signed_in(real, Meddling(), issuer=real.issuer.replace("127.0.0.1", "localhost"))
    assert caught.value.code.value == "sign_in_untrusted"


def test_a_refusal_of_the_provider_is_one(real: RealProvider) -> None:
    real.set(refuse="access_denied")
    with pytest.raises(SignInError) as caught:
        signed_in(real, Meddling())
    assert caught.value.code.value == "sign_in_refused"


def test_the_second_hit_on_the_port_gets_a_refusing_page_or_nobody(real: RealProvider) -> None:
    browser = Meddling(times=2)
    assert signed_in(real, browser).agent.subject == "anna"
    assert browser.shown[0] == (200, PAGES.done)
    assert browser.shown[1:] in ([], [(400, PAGES.failed)])


def test_a_sign_in_is_renewed_until_it_is_revoked(real: RealProvider) -> None:
    first = signed_in(real, Meddling())
    provider = Provider(settings(real))
    second = renewed(provider, first.agent, first.tokens)
    assert second.agent == first.agent
    assert len({first.tokens.refresh_token, second.tokens.refresh_token}) == 2
    assert second.tokens.access_token != first.tokens.access_token
    provider.revoke(second.tokens.refresh_token)
    with pytest.raises(SignInError) as caught:
        renewed(provider, second.agent, second.tokens)
    assert caught.value.code.value == "sign_in_ended"


def test_a_refresh_token_that_comes_a_second_time_ends_the_sign_in_for_both(real: RealProvider) -> None:
    first = signed_in(real, Meddling())
    provider = Provider(settings(real))
    second = renewed(provider, first.agent, first.tokens)
    for stolen_or_own in (first, second):
        with pytest.raises(SignInError) as caught:
            renewed(provider, stolen_or_own.agent, stolen_or_own.tokens)
        assert caught.value.code.value == "sign_in_ended"


def test_after_a_sign_out_the_provider_asks_again_who_is_there(real: RealProvider) -> None:
    browser, provider = Browser(), Provider(settings(real))

    def opened(address: str) -> None:
        threading.Thread(target=browser.visit, args=(address,), daemon=True).start()

    def agent(anew: bool) -> str:
        return sign_in(provider, opened, threading.Event(), PAGES, LIMIT_S, Hints(anew=anew)).agent.subject

    assert agent(anew=False) == "anna"
    real.set(sign_in_as="ben")
    found = sign_in(provider, opened, threading.Event(), PAGES, LIMIT_S)
    assert found.agent.subject == "anna"
    browser.visit(end_session_address(provider, found.tokens.id_token))
    assert agent(anew=False) == "ben"
    real.set(sign_in_as="anna")
    assert agent(anew=True) == "anna"
