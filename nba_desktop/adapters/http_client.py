"""Requests to the backend over HTTP: each blocks, every foreign error is translated here."""

from __future__ import annotations

import http.client
import json
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, TypeVar

import requests
import urllib3
from pydantic import BaseModel, ValidationError

from nba_desktop import __version__
from nba_desktop.adapters.backend_url import checked_url
from nba_desktop.adapters.bearer_token import BearerToken, bearer
from nba_desktop.adapters.http_session import new_session
from nba_desktop.adapters.network.routes import Routes
from nba_desktop.adapters.network.trouble import Trouble, trouble_of
from nba_desktop.adapters.network.trust import machine_trust
from nba_desktop.contract.codes import ProblemCode
from nba_desktop.contract.handshake import PROTOCOL, PROTOCOL_HEADER, VERSION_HEADER, read_protocol, too_old
from nba_desktop.contract.problems import Problem
from nba_desktop.domain.errors import (
    BackendBehindProxy,
    BackendError,
    BackendFault,
    BackendGibberish,
    BackendMismatch,
    BackendOffline,
    BackendRefusal,
    BackendTimeout,
    BackendUnauthorised,
    BackendUntrusted,
    FailureCode,
)

MAX_ANSWER_BYTES: Final = 4 * 1024 * 1024

PANEL_HEADERS: Final = {PROTOCOL_HEADER: str(PROTOCOL), VERSION_HEADER: __version__}
"""What each request of a panel says of it."""

_PIECE: Final = 64 * 1024
_TIMED_OUT: Final = (TimeoutError, urllib3.exceptions.TimeoutError)
_UNTRUSTED: Final = {
    Trouble.TLS_UNTRUSTED: FailureCode.CERTIFICATE_UNTRUSTED,
    Trouble.TLS_WRONG_HOST: FailureCode.CERTIFICATE_WRONG_HOST,
    Trouble.TLS_EXPIRED: FailureCode.CERTIFICATE_EXPIRED,
    Trouble.TLS_NOT_YET_VALID: FailureCode.CERTIFICATE_NOT_YET_VALID,
    Trouble.TLS_FAILED: FailureCode.NOT_ENCRYPTED,
}
_PROXY: Final = {
    Trouble.PROXY_AWAY: FailureCode.PROXY_AWAY,
    Trouble.PROXY_SIGN_IN: FailureCode.PROXY_SIGN_IN,
    Trouble.PROXY_ACCOUNT: FailureCode.PROXY_ACCOUNT,
    Trouble.PROXY_REFUSED: FailureCode.PROXY_REFUSED,
    Trouble.PROXY_RULE: FailureCode.PROXY_RULE,
}
_NOBODY_THERE: Final = {
    Trouble.HOST_NOT_FOUND: "the name of the backend's host cannot be found",
    Trouble.CONNECTION_REFUSED: "nothing listens at the backend's address",
}
_TRY_AGAIN: Final = frozenset({408, 425, 429})
# Shorter than the keep-alive of the usual servers (uvicorn: 5 s), so that a request never meets a closing connection,
# and no firewall has forgotten the connection that it would be sent on.
_LONGEST_IDLE_S: Final = 4.0

A = TypeVar("A", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to connect, for each read, and for the complete answer."""

    connect_s: float = 3.0
    read_s: float = 6.0
    total_s: float = 10.0


class HttpClient:
    """Sends requests to one backend; may be used from several threads at once, each request has its own connection.

    `url` is `https://…`, or `http://…` on this machine alone, with or without a path. Whom to believe is what this
    machine's store of certificates says, as its administrator keeps it; which way, `routes`, directly without one. A
    `BearerToken` may be replaced at any time. Raises `SettingsError` for another `url`, `SecretsError` for what is no
    token.
    """

    def __init__(
        self,
        url: str,
        token: str | BearerToken,
        timeouts: Timeouts | None = None,
        routes: Routes | None = None,
    ) -> None:
        self._url = checked_url(url)
        self._timeouts = timeouts or Timeouts()
        self._routes = routes
        self._trust = machine_trust()
        self._resting: deque[tuple[requests.Session, float]] = deque()
        self._token = bearer(token)

    def check_health(self) -> None:
        """Return when the backend is there, says that it is well and can be asked, else raise `BackendError`."""
        if self._token.is_waiting:
            raise BackendOffline("the sign-in cannot be renewed now")
        content = self._exchange("GET", "/healthz", {}, None)
        try:
            healthy = isinstance(json.loads(content), dict)
        except ValueError:
            healthy = False
        if not healthy:
            raise BackendGibberish

    def get(self, path: str, query: Mapping[str, str], answer: type[A]) -> A:
        """Ask for something; raises `BackendError`."""
        return _parsed(self._exchange("GET", path, query, None), answer)

    def get_file(self, path: str, query: Mapping[str, str]) -> bytes:
        """Ask for a file; raises `BackendError`."""
        return self._exchange("GET", path, query, None)

    def post(self, path: str, body: str, answer: type[A], query: Mapping[str, str] | None = None) -> A:
        """Tell something, as JSON, and return the answer; raises `BackendError`."""
        return _parsed(self._exchange("POST", path, query or {}, body.encode()), answer)

    def post_for_file(self, path: str, body: str, query: Mapping[str, str] | None = None) -> bytes:
        """Tell what is wanted, as JSON, and return the file that comes back; raises `BackendError`."""
        return self._exchange("POST", path, query or {}, body.encode())

    def _exchange(self, method: str, path: str, query: Mapping[str, str], body: bytes | None) -> bytes:
        """Send one request; the body of its good answer. What refuses the token is asked again with a newer one."""
        token = self._token.value
        try:
            return self._exchange_with(token, method, path, query, body)
        except BackendUnauthorised:
            newer = self._token.newer_than(token)
            if newer == token:
                raise
        return self._exchange_with(newer, method, path, query, body)

    def _exchange_with(self, token: str, method: str, path: str, query: Mapping[str, str], body: bytes | None) -> bytes:
        failure: BackendError
        try:
            status, headers, content = self._raw_exchange(token, method, path, query, body)
        except (OSError, ValueError, urllib3.exceptions.HTTPError, http.client.HTTPException) as error:
            failure = _translated(error)
        else:
            mismatch = _mismatch(headers, self._url)
            if mismatch is None and 200 <= status < 300:
                return content
            failure = mismatch or _said(status, headers, content, self._url)
        # Raised out here, without the foreign error as its context: that one holds the address with the search text.
        raise failure

    def _raw_exchange(
        self, token: str, method: str, path: str, query: Mapping[str, str], body: bytes | None
    ) -> tuple[int, Mapping[str, str], bytes]:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json", **PANEL_HEADERS}
        if body is not None:
            headers["Content-Type"] = "application/json"
        with self._session() as session:
            # Not `session.request`, which merges what a session may have: a fifth of the time until it is sent.
            request = requests.PreparedRequest()
            request.prepare(
                method,
                self._url + path,
                headers={**session.headers, **headers},
                data=body,
                params=dict(query),
                cookies=session.cookies,
            )
            timeout = (self._timeouts.connect_s, self._timeouts.read_s)
            with session.send(request, timeout=timeout, stream=True, proxies={}) as response:
                content = bytearray()
                for piece in response.iter_content(_PIECE):
                    content += piece
                    if len(content) > MAX_ANSWER_BYTES:
                        raise BackendGibberish("the answer is larger than any of the backend's")
                return response.status_code, response.headers, bytes(content)

    @contextmanager
    def _session(self) -> Iterator[requests.Session]:
        """A session for one request: the one that was used last, whose connection is most likely still open."""
        try:
            session, used_at = self._resting.pop()
        except IndexError:
            session, used_at = new_session(self._timeouts.total_s, self._routes, self._trust), time.monotonic()
        if time.monotonic() - used_at >= _LONGEST_IDLE_S:
            session.close()
        try:
            yield session
        finally:
            self._resting.append((session, time.monotonic()))


def _parsed(content: bytes, answer: type[A]) -> A:
    try:
        return answer.model_validate_json(content)
    except ValidationError as error:
        # The error's own text repeats values, which are personal data; its places are names of our contract.
        places = {".".join(str(part) for part in e["loc"] if isinstance(part, str)) for e in error.errors()[:3]}
    raise BackendGibberish(f"the answer is not a {answer.__name__} (at {', '.join(sorted(places)) or 'its start'})")


def _translated(error: Exception) -> BackendError:
    """The foreign error by its kind and its name alone; its text may hold the address with the search text."""
    name = type(error).__name__
    inner = _innermost(error)
    trouble = trouble_of(error)
    if trouble in _UNTRUSTED:
        return BackendUntrusted(_UNTRUSTED[trouble])
    if trouble in _PROXY:
        return BackendBehindProxy(_PROXY[trouble])
    if trouble in _NOBODY_THERE:
        return BackendOffline(f"{_NOBODY_THERE[trouble]} ({name})")
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return BackendOffline(f"the backend cannot be reached ({name})")
    # A read that times out in the middle of the body comes as a ConnectionError around urllib3's own.
    if isinstance(error, (requests.exceptions.Timeout, TimeoutError)) or isinstance(inner, _TIMED_OUT):
        return BackendTimeout(f"the backend did not answer in time ({name})")
    if isinstance(inner, http.client.BadStatusLine) and not isinstance(inner, http.client.RemoteDisconnected):
        return BackendGibberish(f"what answers does not speak HTTP ({name})")
    if isinstance(error, (requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        return BackendOffline(f"the connection to the backend failed ({name})")
    if isinstance(error, (requests.exceptions.RequestException, urllib3.exceptions.DecodeError)):
        return BackendGibberish(f"the answer is not the backend's ({name})")
    if isinstance(error, (OSError, urllib3.exceptions.HTTPError, http.client.HTTPException)):
        return BackendOffline(f"the connection to the backend failed ({name})")
    return BackendGibberish(f"the answer is not the backend's ({name})")


def _innermost(error: BaseException) -> BaseException:
    """What `requests` and `urllib3` wrapped, which they do by argument."""
    wrapped = [argument for argument in error.args if isinstance(argument, BaseException)]
    return _innermost(wrapped[-1]) if wrapped else error


def _mismatch(headers: Mapping[str, str], url: str) -> BackendMismatch | None:
    """What an answer's protocol says; one without any is of a proxy on the way, and is judged by what it is."""
    theirs, version = read_protocol(headers.get(PROTOCOL_HEADER, "")), headers.get(VERSION_HEADER, "")
    match too_old(PROTOCOL, theirs) if theirs is not None else None:
        case "panel_too_old":
            return BackendMismatch(FailureCode.PANEL_TOO_OLD, __version__, version, version, url)
        case "backend_too_old":
            return BackendMismatch(FailureCode.BACKEND_TOO_OLD, __version__, version, __version__, url)
        case _:
            return None


def _said(status: int, headers: Mapping[str, str], content: bytes, url: str) -> BackendError:
    """What an answer without success means."""
    if status == 401:
        return BackendUnauthorised()
    if status == http.HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED:
        return BackendGibberish("the network wants a sign-in in the browser before it lets anything through")
    if status in _TRY_AGAIN or 500 <= status < 600:
        return BackendFault(status, _seconds(headers.get("Retry-After", "")))
    if 400 <= status < 500:
        try:
            problem = Problem.model_validate_json(content)
        except ValidationError:
            return BackendRefusal(status, None)
        if problem.code in (ProblemCode.PANEL_TOO_OLD, ProblemCode.BACKEND_TOO_OLD):
            code = FailureCode(problem.code.value)
            return BackendMismatch(code, __version__, headers.get(VERSION_HEADER, ""), problem.needed, url)
        return BackendRefusal(status, problem)
    return BackendGibberish(f"the answer has the status {status}, which is not one of the backend's")


def _seconds(retry_after: str) -> float | None:
    """Seconds to wait, from a Retry-After of either form (RFC 9110 section 10.2.3); None when it is neither."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())
