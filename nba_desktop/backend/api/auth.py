"""Who asks, and whether he may: a token on every path but the health checks and the webhooks, a role on every route."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Annotated, Final, Protocol

from anyio import to_thread
from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from nba_desktop.backend.api.problems import refusal_response
from nba_desktop.backend.errors import Forbidden, InvalidToken, Refused, Unauthenticated
from nba_desktop.backend.review.rules import SITE_READERS
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.codes import Role

OPEN_PATHS: Final = frozenset({"/healthz", "/readyz"})
HOOKS: Final = "/v1/hooks/"
"""Telephone systems have no token: the routes below check each source's own secret."""

_BEARER: Final = re.compile(r"[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9._~+/-]{1,16384}=*) *")


class Tokens(Protocol):
    """Knows whom a token stands for."""

    def caller_of(self, token: str) -> Caller | None:
        """Return the caller, or None; raises a `Refused` that says why a token does not count, or not now."""


class Authentication:
    """Lets nothing pass without a valid token, also not to find out what exists.

    `looked_up` says that who it stands for is asked of a store, which must not hold up other requests.
    """

    def __init__(self, app: ASGIApp, tokens: Tokens, looked_up: bool = True) -> None:
        self._app = app
        self._tokens = tokens
        self._looked_up = looked_up

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its caller."""
        if scope["type"] != "http" or scope["path"] in OPEN_PATHS or scope["path"].startswith(HOOKS):
            await self._app(scope, receive, send)
            return
        try:
            scope.setdefault("state", {})["caller"] = await self._caller(Headers(scope=scope))
        except Refused as refusal:
            await refusal_response(refusal)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    async def _caller(self, headers: Headers) -> Caller:
        said = headers.getlist("authorization")
        # Two are none: whoever stands in front may have looked at the other one.
        bearer = _BEARER.fullmatch(said[0]) if len(said) == 1 else None
        if bearer is None:
            raise Unauthenticated("send one token, as Authorization: Bearer …")
        if self._looked_up:
            caller = await to_thread.run_sync(self._tokens.caller_of, bearer[1])
        else:
            caller = self._tokens.caller_of(bearer[1])
        if caller is None:
            raise InvalidToken("the token is not known here, or was revoked")
        return caller


# Only publishes the scheme in the OpenAPI document; the check is the layer above.
_published = HTTPBearer(auto_error=False, scheme_name="token", description="The token of an agent or a machine.")


def require(*roles: Role) -> Callable[..., Awaitable[Caller]]:
    """Return the dependency that lets a caller with any of the roles pass."""
    allowed = frozenset(roles)

    # Not a plain function: FastAPI would call it in a thread of its own.
    async def caller_with_role(
        request: Request, _token: Annotated[HTTPAuthorizationCredentials | None, Depends(_published)]
    ) -> Caller:
        caller = request.state.caller
        assert isinstance(caller, Caller)
        if not caller.roles & allowed:
            raise Forbidden("none of the token's roles may do this")
        return caller

    return caller_with_role


Agent = Annotated[Caller, Depends(require(Role.AGENT))]
Reporter = Annotated[Caller, Depends(require(Role.AGENT, Role.MACHINE))]
CustomerReader = Annotated[Caller, Depends(require(Role.AGENT, Role.CONSENT_OFFICER))]
CatalogueReader = Annotated[Caller, Depends(require(Role.AGENT, Role.TEAM_LEAD, Role.ACTION_OWNER))]
DecisionReader = Annotated[Caller, Depends(require(Role.AGENT, Role.ACTION_OWNER, Role.ANALYST))]
Machine = Annotated[Caller, Depends(require(Role.MACHINE))]
SystemWatcher = Annotated[Caller, Depends(require(Role.MACHINE, Role.ADMIN))]
LoadKeeper = Annotated[Caller, Depends(require(Role.MACHINE, Role.TEAM_LEAD, Role.ADMIN))]
ConsentKeeper = Annotated[Caller, Depends(require(Role.MACHINE, Role.CONSENT_OFFICER))]
ConsentOfficer = Annotated[Caller, Depends(require(Role.CONSENT_OFFICER))]
TeamLead = Annotated[Caller, Depends(require(Role.TEAM_LEAD))]
TeamLeadOrAgent = Annotated[Caller, Depends(require(Role.TEAM_LEAD, Role.AGENT))]
ActionOwner = Annotated[Caller, Depends(require(Role.ACTION_OWNER))]
SiteReader = Annotated[Caller, Depends(require(*SITE_READERS))]
Reviewed = Annotated[Caller, Depends(require(Role.AGENT, *SITE_READERS))]
Employee = Annotated[Caller, Depends(require(*(role for role in Role if role is not Role.MACHINE)))]
AuditWatcher = Annotated[Caller, Depends(require(Role.CONSENT_OFFICER, Role.WORKS_COUNCIL))]
ReviewWatcher = Annotated[Caller, Depends(require(Role.WORKS_COUNCIL, Role.AGENT))]
