"""How often one caller may ask, and how often one address may come without a valid token."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from ipaddress import IPv6Address, ip_address
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nba_desktop.backend.api.problems import refusal_response
from nba_desktop.backend.calls.rate import RateLimit
from nba_desktop.backend.errors import TooManyRequests
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.codes import Role

MACHINE_TIMES: Final = 20
"""So many times as much another system may ask: it speaks for all customers."""

FAILURES_PER_S: Final = 100
"""Panels of a whole site whose tokens end at once come from one address, and are told so within two minutes."""

_KNOWN: Final = 50_000
_SUBNET_BITS: Final = 64


class CallerRate:
    """Lets each caller send `per_s` requests in a second and twice as many at once; behind the authentication."""

    def __init__(self, app: ASGIApp, rate: RateLimit, per_s: int) -> None:
        self._app = app
        self._rate = rate
        self._per_s = per_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say when to come again."""
        caller = scope.get("state", {}).get("caller")
        wait_s = self._rate.wait_s(caller.agent_id, self._of(caller)) if isinstance(caller, Caller) else 0
        if wait_s:
            refusal = TooManyRequests(
                "more requests than one caller may send: wait as long as Retry-After says", wait_s
            )
            await refusal_response(refusal)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _of(self, caller: Caller) -> int:
        return self._per_s * MACHINE_TIMES if Role.MACHINE in caller.roles else self._per_s


class SignInRate:
    """Looks at no further token of an address that came with too many that do not count; before the authentication.

    A whole site may share one address: who came with a valid token of late is let through. `known` is how many of
    those are remembered, as hashes.
    """

    def __init__(self, app: ASGIApp, rate: RateLimit, per_s: int = FAILURES_PER_S, known: int = _KNOWN) -> None:
        self._app = app
        self._rate = rate
        self._per_s = per_s
        self._most = known
        self._known: OrderedDict[bytes, None] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and remember how it ended."""
        shown = _authorization(scope)
        if scope["type"] != "http" or shown is None:
            await self._app(scope, receive, send)
            return
        digest, address = hashlib.sha256(shown).digest(), _subnet((scope["client"] or ("",))[0])
        wait_s = 0 if digest in self._known else self._rate.wait_s(address, self._per_s, takes=0)
        if wait_s:
            refusal = TooManyRequests(
                "too many tokens from there do not count: wait as long as Retry-After says", wait_s
            )
            await refusal_response(refusal)(scope, receive, send)
            return

        async def judging_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                authenticated = "caller" in scope.get("state", {})
                self._judge(digest, address, authenticated, message["status"])
            await send(message)

        await self._app(scope, receive, judging_send)

    def _judge(self, digest: bytes, address: str, authenticated: bool, status: int) -> None:
        if authenticated:
            self._known[digest] = None
            self._known.move_to_end(digest)
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        elif status == 401:
            self._known.pop(digest, None)
            self._rate.wait_s(address, self._per_s)


def _authorization(scope: Scope) -> bytes | None:
    return next((value for name, value in scope.get("headers", ()) if name == b"authorization"), None)


def _subnet(address: str) -> str:
    """Return what one caller has of addresses: of the newer kind a whole subnet."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(int(found) >> (128 - _SUBNET_BITS))
    return str(found)
