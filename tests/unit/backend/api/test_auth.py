"""Nobody gets anywhere without a token, and nobody further than his role."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import requests
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from nba_desktop.backend.api.auth import HOOKS, OPEN_PATHS, require
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import Role
from tests.fakes.backend_site import Client
from tests.unit.backend.api.conftest import Backend

HOOK = f"{HOOKS}{{source}}"


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and path the application serves."""
    for path, operations in app.openapi()["paths"].items():
        for method in operations:
            yield method.upper(), re.sub(r"\{\w+\}", str(new_id()), path)


def api_routes(router: object) -> Iterator[APIRoute]:
    for route in getattr(router, "routes", ()):
        if isinstance(route, APIRoute):
            yield route
        else:
            yield from api_routes(getattr(route, "original_router", None))


def calls_of(dependant: Dependant) -> Iterator[object]:
    for one in dependant.dependencies:
        yield one.call
        yield from calls_of(one)


def test_there_is_no_route_beside_the_published_ones(backend: Backend) -> None:
    served = {(method, route.path) for route in api_routes(backend.app.router) for method in route.methods or ()}
    published = {
        (method.upper(), path) for path, operations in backend.app.openapi()["paths"].items() for method in operations
    }
    assert served == published
    assert len(served) >= 8


def test_every_route_but_the_health_checks_asks_for_a_role(backend: Backend) -> None:
    name = require().__qualname__
    asking = {
        route.path
        for route in api_routes(backend.app.router)
        if any(getattr(call, "__qualname__", "") == name for call in calls_of(route.dependant))
    }
    assert asking == {route.path for route in api_routes(backend.app.router)} - OPEN_PATHS - {HOOK}


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic YTpi", "Bearer " + "x" * 5000, "Bearer \u00fc\u00df"],
)
def test_no_route_answers_without_a_valid_token(backend: Backend, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header.encode("latin-1")}
    for method, path in routes(backend.app):
        answer = requests.request(method, backend.url + path, headers=headers, timeout=20)
        if path in OPEN_PATHS:
            assert answer.status_code == 200
        else:
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), path
            assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("path", ["/", "/v1/nothing", "/docs", "/redoc", "/openapi.json", "/healthz/", "//healthz"])
def test_a_stranger_does_not_learn_what_exists(backend: Backend, path: str) -> None:
    assert Client(backend.url).send("GET", path).status_code == 401


def test_a_stranger_is_turned_away_before_his_message_is_read(backend: Backend) -> None:
    answer = Client(backend.url).send("POST", "/v1/events", data=b"{" * 5_000_000)
    assert answer.status_code == 401


SITE = ("/v1/site/weeks", "/v1/site/talk-time", "/v1/site/journey-flow")
SITE_READERS = {Role.TEAM_LEAD, Role.ACTION_OWNER, Role.ANALYST, Role.ADMIN, Role.WORKS_COUNCIL}
WATCHED = {"/v1/review/choices", "/v1/review/accesses", *SITE}
"""The works council may see how the review is set up, who looked, and the site's figures."""


def test_a_token_without_the_role_is_not_let_in(backend: Backend) -> None:
    strangers = backend.client(Role.WORKS_COUNCIL)
    for method, path in routes(backend.app):
        if path in OPEN_PATHS | WATCHED or path.startswith(HOOKS):
            continue
        body = "{}" if method in ("POST", "PUT") else None
        answer = strangers.send(method, path, data=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), path


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.AGENT, "/v1/catalogue"),
        (Role.TEAM_LEAD, "/v1/catalogue"),
        (Role.ACTION_OWNER, "/v1/catalogue"),
        (Role.CONSENT_OFFICER, "/v1/customers?q=Müller&reason=Auskunft"),
        (Role.MACHINE, "/v1/load"),
        (Role.TEAM_LEAD, "/v1/load"),
        (Role.ADMIN, "/v1/load"),
    ],
)
def test_a_role_opens_its_routes(backend: Backend, role: Role, path: str) -> None:
    assert backend.client(role).send("GET", path).status_code == 200


ROLES_OF = {
    ("GET", "/v1/decisions/{decision_id}/why"): {Role.AGENT, Role.ACTION_OWNER, Role.ANALYST},
    ("GET", "/v1/decisions/{decision_id}/why-not/{action_id}"): {Role.AGENT, Role.ACTION_OWNER, Role.ANALYST},
    ("GET", "/v1/teasers"): {Role.MACHINE},
    ("POST", "/v1/outcomes"): {Role.MACHINE},
    ("POST", "/v1/touchpoints"): {Role.MACHINE},
    ("GET", "/v1/load"): {Role.MACHINE, Role.TEAM_LEAD, Role.ADMIN},
    ("PUT", "/v1/load"): {Role.MACHINE, Role.TEAM_LEAD, Role.ADMIN},
    ("POST", "/v1/contacts/{contact_id}/situation"): {Role.AGENT},
    ("GET", "/v1/contacts/{contact_id}/consents/proof"): {Role.AGENT},
    ("GET", "/v1/contacts/today"): {Role.AGENT},
    ("GET", "/v1/review/choices"): {Role.AGENT, *SITE_READERS},
    **{("GET", path): SITE_READERS for path in SITE},
    ("POST", "/v1/review/team"): {Role.TEAM_LEAD},
    ("POST", "/v1/review/agent"): {Role.TEAM_LEAD},
    ("POST", "/v1/review/me"): {Role.AGENT},
    ("POST", "/v1/review/notes"): {Role.TEAM_LEAD, Role.AGENT},
    ("GET", "/v1/review/accesses"): {Role.WORKS_COUNCIL, Role.AGENT},
    ("POST", "/v1/review/actions/{action_id}"): {Role.ACTION_OWNER},
}


@pytest.mark.parametrize(("method", "path"), ROLES_OF)
def test_what_a_route_says_is_open_to_its_roles_alone(backend: Backend, method: str, path: str) -> None:
    url = path.replace("{action_id}", "SRV_BILL")
    for name in ("{decision_id}", "{contact_id}"):
        url = url.replace(name, str(new_id()))
    headers = {"Content-Type": "application/json"}
    body = "{}" if method != "GET" else None
    let_in = {
        role
        for role in Role
        if backend.client(role, agent_id=f"r-{role}").send(method, url, data=body, headers=headers).status_code != 403
    }
    assert let_in == ROLES_OF[method, path]


def test_a_revoked_token_opens_nothing_at_once(backend: Backend) -> None:
    client = backend.client(Role.AGENT, agent_id="leaving")
    assert client.send("GET", "/v1/catalogue").status_code == 200
    (row,) = [one for one in backend.tokens.tokens() if one.agent_id == "leaving"]
    backend.tokens.revoke(row.token_id)
    assert client.send("GET", "/v1/catalogue").status_code == 401
