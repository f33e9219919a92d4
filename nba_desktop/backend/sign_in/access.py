"""Whom a token of the identity provider stands for here: checked once, then known by its hash until it ends."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Final

from nba_desktop.backend.errors import AgentTaken, InvalidToken
from nba_desktop.backend.ports.access import AccessStore
from nba_desktop.backend.ports.unit import Store
from nba_desktop.backend.rows.access import SignInRow
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.sign_in.entries import SignInEntry
from nba_desktop.backend.sign_in.keys import Keys, KeySet
from nba_desktop.backend.sign_in.tokens import SignedIn, looks_signed, signed_in
from nba_desktop.backend.tokens import TokenService, ensure_agent, token_hash

_MOST_KNOWN: Final = 20_000


class SignInAccess:
    """Checks the tokens of a site's identity provider; used by many threads."""

    def __init__(self, entry: SignInEntry, keys: Keys, store: Store, clock: Callable[[], datetime]) -> None:
        self._entry = entry
        self._keys = keys
        self._store = store
        self._clock = clock
        self._checked = _Checked()

    def caller_of(self, token: str) -> Caller:
        """Return whom a token stands for.

        Raises `InvalidToken`, `RoleMissing`, `AgentTaken` or `SignInUnavailable`.
        """
        found = self._signed_in(token)
        with self._store.read() as unit:
            row = unit.access.sign_in(found.issuer, found.subject)
        if row is None:
            row = self._first_time(found)
        if row.blocked_since is not None:
            raise InvalidToken("the agent is blocked here")
        return Caller(row.agent_id, row.recipient_code, found.roles, found.until)

    def _signed_in(self, token: str) -> SignedIn:
        now, digest, keys = self._clock(), token_hash(token), self._keys.known()
        found = self._checked.find(digest, keys)
        if found is None:
            found = signed_in(token, self._keys.key, self._entry, now)
            self._checked.keep(digest, found, keys)
        elif found.until <= now:
            raise InvalidToken("the token has expired")
        return found

    def _first_time(self, found: SignedIn) -> SignInRow:
        """Let an account stand for its agent from now on, whatever it is called later."""
        with self._store.read() as unit:
            # Whoever is refused comes again and again, and must not keep others from writing.
            _check_free(unit.access, found)
        with self._store.write() as unit:
            # Two requests of the same panel may be the first.
            row = unit.access.sign_in(found.issuer, found.subject)
            return row or _joined(unit.access, found, self._clock())


class SiteAccess:
    """Knows the tokens of the identity provider and those that were made here; neither can pass for the other."""

    def __init__(self, provider: SignInAccess, made_here: TokenService) -> None:
        self._provider = provider
        self._made_here = made_here

    def caller_of(self, token: str) -> Caller | None:
        """Return whom a token stands for, None for one that was not made here; raises as `SignInAccess` does."""
        known = self._provider if looks_signed(token) else self._made_here
        return known.caller_of(token)


def _check_free(access: AccessStore, found: SignedIn) -> None:
    account = (found.issuer, found.subject)
    if any(one.agent_id == found.agent_id and (one.issuer, one.subject) != account for one in access.sign_ins()):
        raise AgentTaken("another account of the identity provider stands for this agent already")
    if access.has_token(found.agent_id):
        # Whoever may choose his name at the provider must not become who has a token here.
        raise AgentTaken("a token that was made here stands for this agent already")


def _joined(access: AccessStore, found: SignedIn, now: datetime) -> SignInRow:
    _check_free(access, found)
    ensure_agent(access, found.agent_id, now)
    access.add_sign_in(found.agent_id, found.issuer, found.subject, now)
    row = access.sign_in(found.issuer, found.subject)
    assert row is not None
    return row


class _Checked:
    """What was found of each token, for as long as the same keys count."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._keys: KeySet | None = None
        self._found: OrderedDict[str, SignedIn] = OrderedDict()

    def find(self, digest: str, keys: KeySet) -> SignedIn | None:
        """Return what was found of a token, None when it is to be checked anew."""
        with self._lock:
            if keys is not self._keys:
                # A key that was taken back takes its tokens along.
                self._found.clear()
                self._keys = keys
            return self._found.get(digest)

    def keep(self, digest: str, found: SignedIn, keys: KeySet) -> None:
        """Keep what was found of a token, in place of the oldest when there are too many."""
        with self._lock:
            if keys is self._keys:
                self._found[digest] = found
                while len(self._found) > _MOST_KNOWN:
                    self._found.popitem(last=False)
