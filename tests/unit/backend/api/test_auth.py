"""Nobody gets anywhere without a token, and nobody further than his role."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from nba_desktop.backend.api.auth import HOOKS, OPEN_PATHS, require
from nba_desktop.contract.codes import Role
from tests.fakes.backend_site import Client
from tests.unit.backend.api.conftest import Backend, published

HOOK = f"{HOOKS}{{source}}"


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
    assert served == {(method.upper(), path) for path, operations in published().items() for method in operations}
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
def test_nothing_but_a_valid_token_counts(backend: Backend, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header.encode("latin-1")}
    answer = requests.get(f"{backend.url}/v1/catalogue", headers=headers, timeout=20)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("path", ["/", "/v1/nothing", "/docs", "/redoc", "/openapi.json", "/healthz/", "//healthz"])
def test_a_stranger_does_not_learn_what_exists(backend: Backend, path: str) -> None:
    assert Client(backend.url).send("GET", path).status_code == 401


def test_a_stranger_is_turned_away_before_his_message_is_read(backend: Backend) -> None:
    answer = Client(backend.url).send("POST", "/v1/events", data=b"{" * 5_000_000)
    assert answer.status_code == 401


def test_a_revoked_token_opens_nothing_at_once(backend: Backend) -> None:
    client = backend.client(Role.AGENT, agent_id="leaving")
    assert client.send("GET", "/v1/catalogue").status_code == 200
    (row,) = [one for one in backend.tokens.tokens() if one.agent_id == "leaving"]
    backend.tokens.revoke(row.token_id)
    assert client.send("GET", "/v1/catalogue").status_code == 401
