"""One telephone system that reports by webhook: its dialect, its secret, whom its users stand for."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from nba_desktop.backend.calls import placetel, sipgate, zammad
from nba_desktop.backend.calls.report import CallReport, Fields
from nba_desktop.backend.rows.hooks import HookDialect
from nba_desktop.contract.numbers import NumberKind, NumberRules, classify, read_number

_READERS: Final = {
    HookDialect.ZAMMAD: zammad.read,
    HookDialect.SIPGATE: sipgate.read,
    HookDialect.PLACETEL: placetel.read,
}


@dataclass(frozen=True, slots=True)
class Source:
    """A telephone system as it is set up.

    `secret_sha256` is the hash of the token in its address; a system that signs has `signing_key` instead. `queues`
    limits the calls to these queues (empty: all); a call that names no queue is a direct line and passes. `agents` are
    the agents of each of its users, by `user_key`.
    """

    name: str
    dialect: HookDialect
    numbers: NumberRules
    agents: Mapping[str, frozenset[str]]
    secret_sha256: str = field(default="", repr=False)
    signing_key: str = field(default="", repr=False)
    public_url: str = ""
    queues: frozenset[str] = frozenset()
    internal_calls: bool = False
    events_per_s: int = 1000

    def read(self, fields: Fields) -> CallReport | None:
        """Return what a webhook says, None for an event about something else; raise `MalformedHook`."""
        return _READERS[self.dialect](fields)

    def agents_of(self, user: str) -> frozenset[str]:
        """Return the agents of a user or a number, however it is written."""
        found = self.agents.get(user_key(user))
        if found is None and (number := read_number(user, self.numbers).e164):
            found = self.agents.get(number)
        return found or frozenset()

    def agents_of_all(self, users: Iterable[str]) -> frozenset[str]:
        """Return the agents of several users."""
        return frozenset().union(*(self.agents_of(user) for user in users))

    def is_internal(self, outbound: bool, caller: str, called: str) -> bool:
        """Say whether a call stays in the house: the other end is an extension."""
        return classify(called if outbound else caller, self.numbers) is NumberKind.EXTENSION

    def wants(self, report: CallReport) -> bool:
        """Say whether the source's filters let a call pass."""
        if not self.internal_calls and self.is_internal(report.direction == "outbound", report.caller, report.called):
            return False
        return not self.queues or report.queue is None or report.queue in self.queues


def user_key(user: str) -> str:
    """Return what a user's name is looked up by."""
    return user.strip().casefold()


# Nobody knows what it is the hash of: compared where there is no source, so that the answer takes as long.
_NO_SECRET: Final = "0" * 64


def is_genuine(source: Source | None, token: str, signature: str, body: bytes) -> bool:
    """Say whether a webhook carries the source's secret; takes the same steps whatever is wrong, or missing.

    `token` is the one in the address, `signature` the header's hexadecimal HMAC-SHA256 of the body.
    """
    signs = source is not None and source.dialect is HookDialect.PLACETEL
    key = source.signing_key if source is not None and signs else _NO_SECRET
    expected_hash = source.secret_sha256 if source is not None and not signs else _NO_SECRET
    signed = hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
    good_signature = hmac.compare_digest(signed.encode(), signature.strip().lower().encode())
    good_token = hmac.compare_digest(
        hashlib.sha256(token.encode(errors="replace")).hexdigest().encode(), expected_hash.encode()
    )
    return source is not None and (good_signature if signs else good_token)
