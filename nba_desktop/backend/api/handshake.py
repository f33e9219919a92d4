"""Says in each answer which contract and which program this is, and refuses panels that do not fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nba_desktop.backend.api.problems import refusal_response
from nba_desktop.backend.errors import BackendTooOld, InvalidMessage, PanelTooOld, Refused
from nba_desktop.contract.handshake import (
    PROTOCOL,
    PROTOCOL_HEADER,
    VERSION_HEADER,
    read_protocol,
    too_old,
    version_order,
)

_PROTOCOL: Final = PROTOCOL_HEADER.lower().encode()
_VERSION: Final = VERSION_HEADER.lower().encode()
_ALWAYS: Final = frozenset({"/v1/events", "/v1/stream", "/v1/stream/sources"})
"""What a panel that is only not new enough still does: hand over what it recorded, and hear of its calls."""


class Handshake:
    """Lets a panel pass whose protocol is this one, the one before or the one after.

    `least_panel` is the oldest version of the panel that is answered, None when any is.
    """

    def __init__(self, app: ASGIApp, version: str, least_panel: str | None = None, protocol: int = PROTOCOL) -> None:
        self._app = app
        self._version = version
        self._protocol = protocol
        self._signature = [
            (_PROTOCOL, str(protocol).encode()),
            (_VERSION, version.encode()),
        ]
        self._least_panel = least_panel

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it is of a panel that does not fit."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def signing_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._signature]
            await send(message)

        refusal = self._refusal(scope["path"], dict(scope["headers"]))
        app = self._app if refusal is None else refusal_response(refusal)
        await app(scope, receive, signing_send)

    def _refusal(self, path: str, headers: Mapping[bytes, bytes]) -> Refused | None:
        said = headers.get(_PROTOCOL)
        if said is None:
            # No panel: a probe, or another system.
            return None
        protocol, panel = read_protocol(said.decode("latin-1")), headers.get(_VERSION, b"").decode("latin-1")
        if protocol is None:
            return InvalidMessage(f"{PROTOCOL_HEADER} is not a number")
        least = self._least_panel or ""
        match too_old(protocol, self._protocol):
            case "panel_too_old":
                # This version's own panel surely fits.
                return PanelTooOld(max(self._version, least, key=version_order))
            case "backend_too_old":
                return BackendTooOld(f"the panel speaks protocol {protocol}, this backend {self._protocol}")
        if path not in _ALWAYS and version_order(panel) < version_order(least):
            return PanelTooOld(least)
        return None
