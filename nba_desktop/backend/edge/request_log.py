"""Each request is given an id, counted, timed, traced and logged in one line; never by its path, only by its route."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nba_desktop.backend.api.problems import PROBLEM_CODE, REQUEST_ID_KEY
from nba_desktop.backend.edge.figures import Figures
from nba_desktop.backend.edge.log_lines import FIELDS, REQUEST, REQUEST_ID
from nba_desktop.backend.errors import Refused
from nba_desktop.backend.networks import Networks
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ProblemCode

HEADER: Final = "X-Request-Id"
_HEADER: Final = HEADER.lower().encode()
# As proxies make them; nobody can write something else into the log with it.
_SAFE: Final = re.compile(rb"[0-9A-Za-z._-]{8,64}")
_OTHER: Final = "OTHER"
_METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_UNKNOWN: Final = "unknown"
"""The route of what stands at no address of the backend, and of what nobody answered."""
REFUSED: Final = "refused"
"""The route of what was refused before anybody looked where it goes; the code of the problem says why."""
_NO_REFUSAL: Final = frozenset({"", ProblemCode.NOT_FOUND.value, ProblemCode.INTERNAL.value})
# The usual word for a client that did not wait for its answer.
_GONE: Final = 499
_log = logging.getLogger("nba_desktop.backend.requests")


@dataclass(slots=True)
class Answered:
    """What is known of a request and its answer; `route` is the template, `caller` a pseudonym."""

    method: str
    route: str = _UNKNOWN
    status: int = _GONE
    seconds: float = 0.0
    caller: str = ""
    problem: str = ""
    headers: dict[bytes, bytes] = field(default_factory=dict, repr=False)


Tracing = Callable[[Answered], AbstractContextManager[None]]
"""Follows a request through the systems of a site; what is known at its end stands in what it is given."""


def no_tracing(_answered: Answered) -> AbstractContextManager[None]:
    """Follow nothing."""
    return nullcontext()


class RequestLog:
    """The outermost layer. An id that a server in front gave is taken over, any other is made here."""

    def __init__(
        self, app: ASGIApp, figures: Figures, proxies: Networks, seconds: Callable[[], float], tracing: Tracing
    ) -> None:
        self._app = app
        self._figures = figures
        self._proxies = proxies
        self._seconds = seconds
        self._tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and say how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        answered = Answered(scope["method"] if scope["method"] in _METHODS else _OTHER, headers=headers)
        request_id = self._id_of(scope, headers)
        state = scope.setdefault("state", {})
        state[REQUEST_ID_KEY] = request_id

        async def noting_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered.status = message["status"]
                message["headers"] = [*message["headers"], (_HEADER, request_id.encode())]
            await send(message)

        started = self._seconds()
        token = REQUEST_ID.set(request_id)
        self._figures.in_flight.inc()
        try:
            with self._tracing(answered):
                try:
                    await self._app(scope, receive, noting_send)
                finally:
                    answered.seconds = self._seconds() - started
                    answered.problem = state.get(PROBLEM_CODE, "")
                    nowhere = _UNKNOWN if answered.problem in _NO_REFUSAL else REFUSED
                    answered.route = getattr(scope.get("route"), "path", nowhere)
                    caller = state.get("caller")
                    answered.caller = caller.recipient_code if isinstance(caller, Caller) else ""
        finally:
            self._figures.in_flight.dec()
            _tell(self._figures, request_id, answered)
            REQUEST_ID.reset(token)

    def _id_of(self, scope: Scope, headers: dict[bytes, bytes]) -> str:
        given = headers.get(_HEADER, b"")
        peer = (scope["client"] or ("",))[0]
        if peer in self._proxies and _SAFE.fullmatch(given):
            return given.decode()
        return str(new_id())


class ConnectionLog:
    """What a connection refuses by itself, because no request can be made of it, is counted and logged likewise."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def refused(self, refusal: Refused, seconds: float) -> str:
        """Tell of a refusal after so many seconds; return the id that its answer names."""
        request_id = str(new_id())
        _tell(self._figures, request_id, Answered(_OTHER, REFUSED, refusal.status, seconds, problem=refusal.code.value))
        return request_id


def _tell(figures: Figures, request_id: str, answered: Answered) -> None:
    figures.answered(answered.route, answered.method, answered.status, answered.seconds, answered.problem)
    if _log.isEnabledFor(logging.INFO):
        _log.info("request", extra={FIELDS: _fields(request_id, answered)})


def _fields(request_id: str, answered: Answered) -> dict[str, object]:
    fields: dict[str, object] = {
        REQUEST: request_id,
        "method": answered.method,
        "route": answered.route,
        "status": answered.status,
        "ms": round(answered.seconds * 1000, 1),
    }
    if answered.caller:
        fields["caller"] = answered.caller
    if answered.problem:
        fields["problem"] = answered.problem
    return fields
