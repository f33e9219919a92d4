"""Tokens of a real identity provider at a real backend: people and systems, other keys, an agent who left."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
import requests

from nba_desktop.contract.base import new_id
from tests.e2e.processes import LIMIT_S, Site, run_here, site_backend
from tests.oidc.browser import Browser, sign_in
from tests.oidc.provider import Provider, oidc_provider
from tests.oidc.site_file import sign_in_file

CATALOGUE = "/v1/catalogue"
NO_ALGORITHM = base64.urlsafe_b64encode(b'{"alg":"none","typ":"at+jwt"}').rstrip(b"=").decode()


@dataclass(frozen=True)
class SignedInSite:
    """A backend whose identity provider runs beside it."""

    backend: Site
    provider: Provider

    def reads(self, token: str) -> int:
        """Read the catalogue, as agents do."""
        headers = {"Authorization": f"Bearer {token}"}
        return requests.get(self.backend.url + CATALOGUE, headers=headers, timeout=LIMIT_S).status_code

    def reports(self, token: str) -> int:
        """Report that a customer of the sample was written to, as other systems do."""
        event = {
            "specversion": "1.0",
            "id": str(new_id()),
            "source": "urn:crm",
            "type": "com.example.touchpoint.price_letter",
            "time": datetime.now(UTC).isoformat(),
            "data": {"customer_no": "K-104776", "channel": "post", "params": {"effective_date": "2026-05-01"}},
        }
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/cloudevents+json"}
        address = f"{self.backend.url}/v1/touchpoints"
        return requests.post(address, data=json.dumps(event), headers=headers, timeout=LIMIT_S).status_code


def until(is_true: Callable[[], bool]) -> None:
    """Wait for what another process does."""
    ends, pausing = monotonic() + LIMIT_S, Event()
    while not is_true():
        assert monotonic() < ends, "it never came true"
        pausing.wait(0.2)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignedInSite]:
    folder: Path = tmp_path_factory.mktemp("signed-in")
    with oidc_provider() as provider:
        options = ("--sign-in", str(sign_in_file(provider, folder, "at_jwt_only: true\nleeway_s: 1")))
        with site_backend(folder / "data", *options) as backend:
            yield SignedInSite(backend, provider)


def test_people_and_systems_come_with_tokens_of_the_site_s_provider(site: SignedInSite) -> None:
    for algorithm in ("RS256", "ES256"):
        site.provider.set(algorithm=algorithm)
        machine, anna = site.provider.machine_token(), sign_in(site.provider)
        assert (site.reports(machine), site.reads(machine)) == (200, 403)
        assert (site.reads(anna["access_token"]), site.reports(anna["access_token"])) == (200, 403)
        # What tells the panel who she is lets her in nowhere.
        assert site.reads(anna["id_token"]) == 401
    # Tokens that were made here count beside them.
    assert site.reads(site.backend.token) == 200


def test_what_is_not_of_this_provider_for_this_backend_does_not_count(site: SignedInSite) -> None:
    site.provider.set(audience="https://other.example")
    assert site.reads(site.provider.machine_token()) == 401
    site.provider.set(audience=site.provider.audience, sign_in_as="nobody")
    assert site.reads(sign_in(site.provider)["access_token"]) == 403
    site.provider.set(sign_in_as="anna")
    head, claims, signature = sign_in(site.provider)["access_token"].split(".")
    assert site.reads(f"{head}.{claims}.{signature}") == 200
    assert site.reads(f"{NO_ALGORITHM}.{claims}.") == 401
    assert site.reads(f"{NO_ALGORITHM}.{claims}.{signature}") == 401
    assert site.reads(f"{head}.{claims}.{signature[::-1]}") == 401
    with oidc_provider() as other:
        assert site.reads(sign_in(other)["access_token"]) == 401


def test_a_token_counts_until_it_expires(site: SignedInSite) -> None:
    site.provider.set(sign_in_as="anna", access_token_s=2)
    token = sign_in(site.provider)["access_token"]
    site.provider.set(access_token_s=300)
    assert site.reads(token) == 200
    until(lambda: site.reads(token) == 401)


def test_new_keys_count_without_a_restart_and_old_ones_no_more(site: SignedInSite) -> None:
    site.provider.set(sign_in_as="anna")
    browser = Browser()
    before = sign_in(site.provider, browser)["access_token"]
    assert site.reads(before) == 200
    site.provider.rotate_keys()
    after = sign_in(site.provider, browser)["access_token"]
    # At once, unless it was asked just before for what may have been anybody's key.
    until(lambda: site.reads(after) == 200)
    assert site.reads(before) == 401


def test_an_agent_who_left_is_refused_at_once_though_his_token_still_runs(site: SignedInSite) -> None:
    site.provider.set(sign_in_as="ben")
    ben = sign_in(site.provider)["access_token"]
    assert site.reads(ben) == 200
    blocked = run_here("backend", "agent", "block", "ben.agent", "--data", str(site.backend.data))
    assert blocked.returncode == 0, blocked.stderr
    assert site.reads(ben) == 401
