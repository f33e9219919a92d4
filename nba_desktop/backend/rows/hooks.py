"""Telephone systems that report by webhook."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class HookDialect(StrEnum):
    """How a telephone system words its webhooks."""

    ZAMMAD = "zammad"
    SIPGATE = "sipgate"
    PLACETEL = "placetel"


@dataclass(frozen=True, slots=True)
class HookRow:
    """A telephone system that reports by webhook, as it is kept.

    `secret_sha256` is the hash of the token in its address. A system that signs its webhooks has `signing_key`
    instead, which is kept as it is, because a signature cannot be checked without it.
    """

    source: str
    dialect: HookDialect
    secret_sha256: str | None = field(repr=False)
    signing_key: str | None = field(repr=False)
    number_format: str
    region: str
    trunk_prefix: str
    extension_digits: int
    queues: frozenset[str]
    internal_calls: bool
    public_url: str
    events_per_s: int
    created_at: datetime
