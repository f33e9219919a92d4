"""The few requests that the line makes of Genesys Cloud: tokens, who am I, channels, conversations."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import quote

import requests
from requests.auth import HTTPBasicAuth

from nba_desktop.adapters.backend_url import check_service_url
from nba_desktop.adapters.cti.genesys.settings import GenesysSourceSettings
from nba_desktop.adapters.cti.genesys.trouble import LineTrouble, TokenRefused, line_trouble
from nba_desktop.adapters.http_session import new_session
from nba_desktop.adapters.network.routes import Routes
from nba_desktop.domain.errors import SettingsError

VIEW_CALLS: Final = "conversation:communication:view"
VIEW_DETAILS: Final = "analytics:conversationDetail:view"
NOTIFY: Final = "notifications"

_MOST_TRIES: Final = 3
_LONGEST_WAIT_S: Final = 60.0
_LONGEST_LIFE_S: Final = 24 * 3600.0
_LOOKS_BACK: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Access:
    """A token and for how many seconds it is good; a refresh token only where the service gives one."""

    token: str = field(repr=False)
    lifetime_s: float
    refresh_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Channel:
    """A notification channel; whoever knows `connect_uri` hears what is on it."""

    channel_id: str = field(repr=False)
    connect_uri: str = field(repr=False)
    lifetime_s: float


class GenesysApi:
    """Speaks HTTP from one thread; raises `LineTrouble`.

    A 429 is waited for as long as the service asks (`Retry-After`), up to a minute, unless `stopped`. `context` is how
    certificates are checked. It goes the way that `routes` says, directly without one.
    """

    def __init__(
        self,
        settings: GenesysSourceSettings,
        stopped: threading.Event,
        *,
        connect_s: float,
        total_s: float,
        routes: Routes | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._stopped = stopped
        self._timeout = (connect_s, total_s)
        self._now = now
        self.context = settings.tls_context()
        self._session = new_session(total_s, routes, self.context)

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def token_by_secret(self) -> Access:
        """Sign in as the OAuth client itself."""
        pair = HTTPBasicAuth(self._settings.client_id, self._settings.secret or "")
        return self._token({"grant_type": "client_credentials"}, auth=pair, refused="login_refused")

    def token_by_code(self, code: str, verifier: str) -> Access:
        """Turn the code that the browser brought into a token."""
        values = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._settings.redirect_uri,
            "client_id": self._settings.client_id,
            "code_verifier": verifier,
        }
        return self._token(values, refused="sign_in_needed")

    def token_by_refresh(self, refresh_token: str) -> Access:
        """Get a new token without asking the agent."""
        values = {
            "grant_type": "refresh_token",
            "refresh_token": refresh_token,
            "client_id": self._settings.client_id,
        }
        return self._token(values, refused="sign_in_needed")

    def user_id(self, token: str) -> str:
        """Return the id of the user whom the token speaks for."""
        return _text(self._ask("GET", "/api/v2/users/me", token), "id")

    def open_channel(self, token: str) -> Channel:
        """Open a notification channel; it lives for a day at most."""
        answer, at = self._send("POST", "/api/v2/notifications/channels", token, lacking=NOTIFY)
        uri = _text(answer, "connectUri")
        try:
            check_service_url(uri, "connectUri", ("wss", "ws"))
        except SettingsError:
            raise LineTrouble("not_the_service") from None
        return Channel(_text(answer, "id"), uri, self._lifetime(answer.get("expires"), at))

    def subscribe(self, token: str, channel: Channel, topics: tuple[str, ...]) -> None:
        """Listen to these topics, and no other, on a channel."""
        path = f"/api/v2/notifications/channels/{quote(channel.channel_id, safe='')}/subscriptions"
        self._ask("PUT", path, token, json=[{"id": topic} for topic in topics], lacking=NOTIFY)

    def active_conversations(self, token: str) -> dict[str, Any]:
        """Return the active conversations of the user whom the token speaks for, as the service lists them."""
        return self._ask("GET", "/api/v2/conversations", token, lacking=VIEW_CALLS)

    def conversation(self, token: str, conversation_id: str) -> dict[str, Any] | None:
        """Return one conversation; None when there is none by this id (any more)."""
        path = f"/api/v2/conversations/{quote(conversation_id, safe='')}"
        answer = self._ask("GET", path, token, lacking=VIEW_CALLS, missing_is_fine=True)
        return answer or None

    def open_conversation_ids(self, token: str, user_id: str) -> list[str]:
        """Return the ids of the user's calls that have not ended; for a token that speaks for no user."""
        now = self._now()
        query = {
            "interval": f"{_written(now - _LOOKS_BACK)}/{_written(now)}",
            "order": "desc",
            "orderBy": "conversationStart",
            "paging": {"pageSize": 25, "pageNumber": 1},
            "segmentFilters": [
                {
                    "type": "and",
                    "predicates": [
                        {"type": "dimension", "dimension": "userId", "operator": "matches", "value": user_id},
                        {"type": "dimension", "dimension": "mediaType", "operator": "matches", "value": "voice"},
                    ],
                }
            ],
            "conversationFilters": [
                {
                    "type": "and",
                    "predicates": [{"type": "dimension", "dimension": "conversationEnd", "operator": "notExists"}],
                }
            ],
        }
        path = "/api/v2/analytics/conversations/details/query"
        found = self._ask("POST", path, token, json=query, lacking=VIEW_DETAILS).get("conversations", [])
        ids = [one.get("conversationId") for one in found if isinstance(one, dict)] if isinstance(found, list) else []
        return [one for one in ids if isinstance(one, str)]

    def _token(self, values: dict[str, str], *, refused: str, auth: HTTPBasicAuth | None = None) -> Access:
        url = f"{self._settings.login_url}/oauth/token"
        answer = self._request("POST", url, data=values, auth=auth or _NoAuth())
        if answer.status_code in (400, 401, 403):
            raise LineTrouble(refused)
        body = _body(answer)
        lifetime, refresh = body.get("expires_in"), body.get("refresh_token")
        return Access(
            _text(body, "access_token"),
            float(lifetime) if isinstance(lifetime, (int, float)) and lifetime > 0 else _LONGEST_LIFE_S,
            refresh if isinstance(refresh, str) and refresh else None,
        )

    def _ask(self, method: str, path: str, token: str, **more: Any) -> dict[str, Any]:
        return self._send(method, path, token, **more)[0]

    def _send(
        self, method: str, path: str, token: str, *, json: Any = None, lacking: str = "", missing_is_fine: bool = False
    ) -> tuple[dict[str, Any], datetime]:
        answer = self._request(method, f"{self._settings.api_url}{path}", json=json, auth=_Bearer(token))
        if answer.status_code == 401:
            raise TokenRefused
        if answer.status_code == 403:
            raise LineTrouble("login_refused", lacking=lacking or path)
        if answer.status_code == 404 and missing_is_fine:
            return {}, self._now()
        return _body(answer), self._their_time(answer)

    def _request(self, method: str, url: str, **more: Any) -> requests.Response:
        for left in reversed(range(_MOST_TRIES)):
            try:
                answer = self._session.request(method, url, timeout=self._timeout, **more)
            except (requests.RequestException, OSError) as error:
                raise line_trouble(error) from None
            if answer.status_code != 429:
                return answer
            wait_s = _retry_after_s(answer)
            if not left or self._stopped.wait(wait_s):
                raise LineTrouble("no_answer", retry_after_ms=int(wait_s * 1000))
        raise AssertionError("the last try returns or raises")

    def _their_time(self, answer: requests.Response) -> datetime:
        try:
            return parsedate_to_datetime(answer.headers.get("Date", "")).astimezone(UTC)
        except (ValueError, TypeError):
            return self._now()

    def _lifetime(self, expires: object, at: datetime) -> float:
        """For how long a channel lives, by the service's own clock."""
        try:
            ends = datetime.fromisoformat(expires) if isinstance(expires, str) else None
        except ValueError:
            ends = None
        if ends is None or ends.tzinfo is None:
            return _LONGEST_LIFE_S
        return min(max((ends - at).total_seconds(), 1.0), _LONGEST_LIFE_S)


class _Bearer(requests.auth.AuthBase):
    """Set as `auth`, so that no entry of a .netrc file takes its place."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class _NoAuth(requests.auth.AuthBase):
    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


def _body(answer: requests.Response) -> dict[str, Any]:
    if answer.status_code >= 500 or answer.status_code == 408:
        raise LineTrouble("no_answer")
    try:
        body = answer.json() if answer.ok else None
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise LineTrouble("not_the_service")
    return body


def _text(body: dict[str, Any], key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str) or not value:
        raise LineTrouble("not_the_service")
    return value


def _retry_after_s(answer: requests.Response) -> float:
    try:
        seconds = float(answer.headers.get("Retry-After", ""))
    except ValueError:
        return 1.0
    return min(max(seconds, 0.0), _LONGEST_WAIT_S) if seconds == seconds else 1.0


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
