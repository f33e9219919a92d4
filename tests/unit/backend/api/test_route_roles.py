"""Every route, every role: who is let in, and whose data he gets, is what `routes.toml` says, a line for each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ReadOperation, Role
from tests.unit.backend.api.conftest import Backend, published

EXPECTED: dict[str, Any] = tomllib.loads(Path(__file__).with_name("routes.toml").read_text(encoding="utf-8"))
NO_TOKEN = "no token"
BAD_TOKEN = "bad token"


@pytest.fixture(scope="module")
def tokens(backend: Backend) -> dict[str, str | None]:
    """A token of each role alone, none, and one that nobody has."""
    of_roles = {role.value: backend.tokens.create(f"only-{role.value}", frozenset({role})) for role in Role}
    return {**of_roles, NO_TOKEN: None, BAD_TOKEN: "x" * 43}


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    with requests.Session() as opened:
        yield opened


def test_every_route_has_a_line_and_every_line_a_route() -> None:
    served = {f"{method.upper()} {path}" for path, operations in published().items() for method in operations}
    assert served == set(EXPECTED)


def test_every_route_that_hands_out_customers_has_an_operation_of_the_log() -> None:
    ids = {
        f"{method.upper()} {path}": operation["operationId"]
        for path, operations in published().items()
        for method, operation in operations.items()
    }
    reading = {ids[route] for route, line in EXPECTED.items() if line["reads"] == "customers"}
    # The views of a call are two, whichever step shows them.
    steps = {"settle_concern", "settle_situation"}
    assert reading - steps == {one.value for one in ReadOperation} & set(ids.values())


def answered(backend: Backend, session: requests.Session, route: str, token: str | None) -> int:
    method, path = route.split()
    url = backend.url + re.sub(r"\{\w+\}", str(new_id()), path)
    headers = {"Content-Type": "application/json"} | ({} if token is None else {"Authorization": f"Bearer {token}"})
    # Nothing is read of the answer: a stream has no end.
    with session.request(
        method, url, headers=headers, data=None if method == "GET" else "{}", stream=True, timeout=20
    ) as answer:
        return answer.status_code


@pytest.mark.parametrize("route", EXPECTED)
def test_a_route_lets_its_roles_in_and_nobody_else(
    backend: Backend, tokens: dict[str, str | None], session: requests.Session, route: str
) -> None:
    found = {who: answered(backend, session, route, token) for who, token in tokens.items()}
    allowed = EXPECTED[route]["roles"]
    if allowed == "open":
        assert set(found.values()) == {200}
        return
    # A telephone system's own secret is in none of these requests.
    let_in = set() if allowed == "secret" else set(allowed)
    turned_away = {who for who, status in found.items() if status in (401, 403)}
    assert set(found) - turned_away == let_in
    assert {who for who, status in found.items() if status == 401} == (
        set(found) if allowed == "secret" else {NO_TOKEN, BAD_TOKEN}
    )
    assert max(found.values()) < 500
