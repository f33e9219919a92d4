"""The keys of an identity provider as they are kept: fetched now and then, at once for one that is not known."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from nba_desktop.backend.errors import IdentityProviderFailed, InvalidToken, SignInUnavailable
from nba_desktop.backend.sign_in.tokens import PublicKey

FRESH_S: Final = 600.0
"""So often the keys are fetched: one that the provider takes back counts no longer than that."""
KEEP_S: Final = 24 * 3600.0
"""So long known keys count while the provider cannot be reached."""
LEAST_S: Final = 2.0
"""Tokens with unknown keys make nobody ask the provider more often than that."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeySet:
    """Keys that were fetched together."""

    keys: Mapping[str, PublicKey] = field(default_factory=dict)
    fetched_at: float | None = None


class Keys:
    """Finds a key by its id; used by many threads, of which one at a time fetches."""

    def __init__(self, fetch: Callable[[], Mapping[str, PublicKey]], monotonic: Callable[[], float]) -> None:
        self._fetch = fetch
        self._monotonic = monotonic
        self._fetching = Lock()
        self._set = KeySet()
        self._tried_at: float | None = None
        self._failed = False
        self._said_of: bool | None = None

    def known(self) -> KeySet:
        """Return the keys that count now; none when they are too old."""
        known = self._set
        if known.fetched_at is not None and self._monotonic() - known.fetched_at > KEEP_S:
            return KeySet()
        return known

    def key(self, key_id: str) -> PublicKey:
        """Return a key.

        Raises `InvalidToken` when the provider has none of that id, `SignInUnavailable` when it cannot be asked.
        """
        found = self.known().keys.get(key_id)
        if found is not None:
            return found
        asked = self._try_to_fetch()
        known = self.known()
        if (found := known.keys.get(key_id)) is not None:
            return found
        # Nobody waits for another's question: a provider that hangs would hold up every thread.
        if not asked or self._failed or not known.keys:
            raise SignInUnavailable("the identity provider's keys are not known now: try again")
        raise InvalidToken("the token's key is not one of the identity provider's")

    def refresh(self) -> None:
        """Fetch the keys when those that are known are no longer fresh."""
        fetched_at = self._set.fetched_at
        if fetched_at is None or self._monotonic() - fetched_at >= FRESH_S:
            self._try_to_fetch()

    def _try_to_fetch(self) -> bool:
        """Fetch, unless that was tried just before; False when another thread is about it."""
        if not self._fetching.acquire(blocking=False):
            return False
        try:
            now = self._monotonic()
            if self._tried_at is None or now - self._tried_at >= LEAST_S:
                self._tried_at = now
                self._take()
        finally:
            self._fetching.release()
        return True

    def _take(self) -> None:
        try:
            keys = self._fetch()
        except IdentityProviderFailed as error:
            self._failed = True
            self._say(error)
            return
        if self._failed:
            _log.info("the identity provider answers again")
        self._failed, self._said_of = False, None
        self._set = KeySet(keys, self._monotonic())

    def _say(self, error: IdentityProviderFailed) -> None:
        """Say once that known keys go on to count, and once that there are none."""
        any_known = bool(self.known().keys)
        if any_known is self._said_of:
            return
        self._said_of = any_known
        if any_known:
            _log.warning("the identity provider fails, known keys count for a day: %s", error)
        else:
            _log.error("the identity provider fails and none of its keys is known, its tokens wait: %s", error)
