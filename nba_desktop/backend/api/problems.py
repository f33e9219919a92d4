"""Every error as a problem document; no answer and no log line repeats what was sent."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable, Mapping
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nba_desktop.backend.errors import (
    InvalidToken,
    Refused,
    RoleMissing,
    SignInUnavailable,
    StoreError,
    StoreUnavailable,
    TooManyRequests,
    Unauthenticated,
)
from nba_desktop.backend.field_words import in_words
from nba_desktop.backend.problem import problem, problem_of
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ProblemCode
from nba_desktop.contract.problems import PROBLEM_MEDIA_TYPE, FieldProblem, Problem

_log = logging.getLogger(__name__)

_PROBLEM_SCHEMA: Final = {"content": {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
PROBLEM_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    "4XX": {"description": "The request was not carried out; `code` says why."} | _PROBLEM_SCHEMA,
    "5XX": {"description": "The backend could not do it; the same request may succeed later."} | _PROBLEM_SCHEMA,
}
"""How every route's errors are published."""

_OF_STATUS: Final[Mapping[int, tuple[ProblemCode, str]]] = {
    401: (ProblemCode.UNAUTHENTICATED, "A valid token is needed"),
    403: (ProblemCode.FORBIDDEN, "Not allowed"),
    404: (ProblemCode.NOT_FOUND, "Not found"),
    405: (ProblemCode.METHOD_NOT_ALLOWED, "The method is not offered here"),
    413: (ProblemCode.TOO_LARGE, "Too large"),
}


REQUEST_ID_KEY: Final = "request_id"
PROBLEM_CODE: Final = "problem"
"""Under these the state of a request holds its id, and the code of the problem that it was answered with."""


class _ProblemResponse(Response):
    """Names the request it answers, so that whoever reports a problem finds its line in the log."""

    media_type = PROBLEM_MEDIA_TYPE

    def __init__(self, document: Problem, headers: Mapping[str, str]) -> None:
        super().__init__(document.model_dump_json(), document.status, headers)
        self._document = document

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        state = scope.setdefault("state", {})
        state[PROBLEM_CODE] = self._document.code.value
        if not self._document.instance and REQUEST_ID_KEY in state:
            named = self._document.model_copy(update={"instance": instance_of(state[REQUEST_ID_KEY])})
            self.body = named.model_dump_json().encode()
            self.headers["content-length"] = str(len(self.body))
        await super().__call__(scope, receive, send)


def instance_of(request_id: str) -> str:
    """Return how a problem document names its request."""
    return f"urn:nba-desktop:request:{request_id}"


def problem_response(document: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Return a problem document as an answer."""
    return _ProblemResponse(document, headers or {})


def refusal_response(refusal: Refused) -> Response:
    """Return a refusal as an answer."""
    return problem_response(problem_of(refusal), _headers_of(refusal))


def _headers_of(refusal: Refused) -> dict[str, str]:
    match refusal:
        case TooManyRequests():
            return {"Retry-After": str(refusal.retry_after_s)}
        case SignInUnavailable():
            return {"Retry-After": str(refusal.retry_after_s)}
        # RFC 6750, section 3.
        case InvalidToken():
            return {"WWW-Authenticate": f'Bearer error="invalid_token", error_description="{refusal.detail}"'}
        case RoleMissing():
            return {"WWW-Authenticate": f'Bearer error="insufficient_scope", error_description="{refusal.detail}"'}
        case Unauthenticated():
            return {"WWW-Authenticate": "Bearer"}
    return {}


def field_problems(errors: Iterable[Mapping[str, Any]]) -> tuple[FieldProblem, ...]:
    """Return where a message is wrong and how, without what it said there.

    The library's own sentence may quote; a key that is not known is quoted by nobody, so its place is the one around
    it.
    """
    found = []
    for error in errors:
        place = error["loc"][:-1] if error["type"] == "extra_forbidden" else error["loc"]
        found.append(FieldProblem(where=".".join(str(part) for part in place), message=in_words(error)))
    return tuple(found)


def add_problem_handlers(app: FastAPI) -> None:
    """Answer every error that a route or the framework raises with a problem document."""
    app.add_exception_handler(Refused, _on_refused)
    app.add_exception_handler(StoreError, _on_store_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)


async def _on_refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return refusal_response(error)


async def _on_store_error(_request: Request, error: Exception) -> Response:
    return _store_response(error)


async def _on_invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return problem_response(
        problem(
            ProblemCode.INVALID_MESSAGE,
            422,
            "Invalid message",
            "the message breaks the contract",
            errors=field_problems(error.errors()),
        )
    )


async def _on_http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code, title = _OF_STATUS.get(error.status_code, (ProblemCode.INVALID_MESSAGE, "Invalid message"))
    return problem_response(problem(code, error.status_code, title, _way_out(error)), error.headers)


def _way_out(error: HTTPException) -> str:
    match error.status_code:
        case 405:
            return f"this address takes {(error.headers or {}).get('Allow', 'another method')}"
        case 413:
            return error.detail
    return ""


def _store_response(error: Exception) -> Response:
    _log.error("store unavailable: %s", error)
    reason = error.reason if isinstance(error, StoreUnavailable) else str(error)
    return problem_response(problem(ProblemCode.STORE_UNAVAILABLE, 503, "The store does not answer", reason))


class LastResort:
    """What nobody expected in the layers behind becomes a problem document and a log line without values."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer for what breaks behind."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def noting_send(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noting_send)
        except ClientDisconnect:
            # Nobody is there any more who would read an answer.
            return
        except StoreError as error:
            if not started:
                await _store_response(error)(scope, receive, send)
        except Exception as error:  # noqa: BLE001
            # The edge of the process: the panel needs an answer, the log needs the place, nobody needs the values.
            instance = instance_of(scope.get("state", {}).get(REQUEST_ID_KEY) or str(new_id()))
            _log.error("internal error %s: %s at %s", instance, type(error).__name__, _place(error))
            if not started:
                document = problem(ProblemCode.INTERNAL, 500, "Internal error", instance=instance)
                await problem_response(document)(scope, receive, send)


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))
