"""How often somebody may ask: no caller takes the others' place, and nobody with a valid token is kept out."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from nba_desktop.backend.api.auth import Authentication
from nba_desktop.backend.calls.rate import RateLimit
from nba_desktop.backend.edge.rates import MACHINE_TIMES, CallerRate, SignInRate
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.codes import Role
from tests.fakes.asgi import Answer, Asking


@dataclass
class Clock:
    at: float = 0.0

    def __call__(self) -> float:
        return self.at


@dataclass
class KnownTokens:
    """The tokens of a site, each of an agent of its name."""

    asked: int = 0
    valid: dict[str, Role] = field(default_factory=lambda: {"anna": Role.AGENT, "crm": Role.MACHINE})

    def caller_of(self, token: str) -> Caller | None:
        self.asked += 1
        role = self.valid.get(token)
        return None if role is None else Caller(token, f"A-{token}", frozenset({role}))


@dataclass
class Site:
    clock: Clock
    tokens: KnownTokens
    asking: Asking

    def ask(self, token: str) -> Answer:
        return self.asking.ask(authorization=f"Bearer {token}")

    def statuses(self, token: str, times: int) -> list[int]:
        return [self.ask(token).status for _ in range(times)]


def site(address: str = "192.0.2.7") -> Site:
    async def answer(_request: Request) -> Response:
        return PlainTextResponse("")

    clock, tokens = Clock(), KnownTokens()
    app = Starlette(
        routes=[Route("/", answer)],
        middleware=[
            Middleware(SignInRate, RateLimit(clock), per_s=2, known=3),
            Middleware(Authentication, tokens=tokens),
            Middleware(CallerRate, RateLimit(clock), per_s=3),
        ],
    )
    return Site(clock, tokens, Asking(app, address))


def test_a_caller_who_asks_too_often_is_told_when_to_come_again() -> None:
    asked = site()
    assert asked.statuses("anna", 7) == [200] * 6 + [429]
    refused = asked.ask("anna")
    assert (refused.headers["retry-after"], refused.headers["content-type"]) == ("1", "application/problem+json")
    assert asked.ask("crm").status == 200
    asked.clock.at = 1.0
    assert asked.statuses("anna", 4) == [200] * 3 + [429]


def test_another_system_may_ask_more() -> None:
    asked = site()
    most = 2 * 3 * MACHINE_TIMES
    assert asked.statuses("crm", most + 1) == [200] * most + [429]


def test_an_address_with_too_many_wrong_tokens_is_not_listened_to() -> None:
    asked = site()
    assert asked.statuses("wrong", 4) == [401] * 4
    looked_up = asked.tokens.asked
    assert asked.statuses("other", 2) == [429] * 2
    assert asked.tokens.asked == looked_up
    asked.clock.at = 0.5
    assert asked.statuses("other", 2) == [401, 429]


def test_whoever_was_known_before_works_on_at_the_same_address() -> None:
    asked = site()
    assert asked.ask("anna").status == 200
    assert asked.statuses("wrong", 5) == [401] * 4 + [429]
    assert asked.ask("anna").status == 200
    del asked.tokens.valid["anna"]
    assert asked.statuses("anna", 2) == [401, 429]


@pytest.mark.parametrize(("other", "together"), [("2001:db8::9", True), ("2001:db8:0:1::9", False)])
def test_addresses_of_one_subnet_count_together(other: str, together: bool) -> None:
    asked = site("2001:db8::1")
    assert asked.statuses("wrong", 5)[-1] == 429
    asked.asking.address = other
    assert (asked.ask("wrong").status == 429) is together


def test_only_so_many_senders_are_remembered() -> None:
    rate = RateLimit(Clock(), most=2)
    assert [rate.wait_s("a", 1) for _ in range(3)] == [0, 0, 1]
    rate.wait_s("b", 1)
    rate.wait_s("c", 1)
    assert rate.wait_s("a", 1) == 0


def test_asking_takes_nothing() -> None:
    rate = RateLimit(Clock())
    assert [rate.wait_s("a", 1, takes=0) for _ in range(5)] == [0] * 5
    assert [rate.wait_s("a", 1) for _ in range(3)] == [0, 0, 1]
    assert rate.wait_s("a", 1, takes=0) == 1
