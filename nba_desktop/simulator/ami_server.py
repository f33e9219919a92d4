"""The AMI side of the simulator: logins, actions, and events to whoever is logged in."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Callable
from typing import Final

from nba_desktop.simulator.recording import Step

GREETING: Final = b"Asterisk Call Manager/11.0.0\r\n"

_MAX_ACTION: Final = 64 * 1024
_SHOWN: Final = (
    "Channel",
    "ChannelState",
    "ChannelStateDesc",
    "CallerIDNum",
    "CallerIDName",
    "ConnectedLineNum",
    "ConnectedLineName",
    "Context",
    "Exten",
    "Priority",
    "Uniqueid",
    "Linkedid",
)
_CHANNEL_EVENTS: Final = ("Newchannel", "Newstate", "NewConnectedLine", "BridgeEnter", "BridgeLeave")

Action = dict[str, str]


class AmiServer:
    """Speaks enough AMI for a client that logs in, listens, pings and asks which channels there are.

    `report` gets what an observer wants to know, as small dictionaries.
    """

    def __init__(self, user: str, secret: str, report: Callable[[dict[str, object]], None]) -> None:
        self._user = user
        self._secret = secret
        self._report = report
        self._listeners: set[asyncio.StreamWriter] = set()
        self._connected: set[asyncio.StreamWriter] = set()
        self._channels: dict[str, dict[str, str]] = {}
        self._server: asyncio.Server | None = None
        self._somebody = asyncio.Event()

    async def start(self, port: int) -> int:
        """Listen on the loopback interface; port 0 takes a free one. Return the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, limit=_MAX_ACTION)
        bound: int = self._server.sockets[0].getsockname()[1]
        return bound

    async def stop(self) -> None:
        """Drop everybody and stop listening."""
        if self._server is not None:
            self._server.close()
        self.drop()
        await asyncio.sleep(0)

    def drop(self) -> None:
        """Cut every connection, as a restart of the telephone system does."""
        for writer in tuple(self._connected):
            writer.transport.abort()

    async def wait_for_listener(self) -> None:
        """Return once somebody is logged in."""
        await self._somebody.wait()

    async def send(self, step: Step) -> None:
        """Send a recorded message to everybody who is logged in; report its phase right before its bytes leave."""
        self._note_channel(step)
        data = step.encode()
        if step.phase is not None:
            self._report(
                {"sent": step.phase, "at_monotonic_ns": time.monotonic_ns(), "listeners": len(self._listeners)}
            )
        for writer in tuple(self._listeners):
            writer.write(data)
        for writer in tuple(self._listeners):
            try:
                await writer.drain()
            except ConnectionError:
                self._forget(writer)

    def _note_channel(self, step: Step) -> None:
        uniqueid = step.get("Uniqueid")
        if step.get("Event") == "Hangup":
            self._channels.pop(uniqueid, None)
        elif step.get("Event") in _CHANNEL_EVENTS and uniqueid:
            shown = self._channels.setdefault(uniqueid, {"BridgeId": ""})
            shown.update({key: step.get(key) for key in _SHOWN if step.get(key)})
            # A called channel was made by another one of the same call, and says so in its application's data.
            called = step.get("Linkedid") != uniqueid
            shown["ApplicationData"] = "(Outgoing Line)" if called else ""
            if step.get("Event") == "BridgeEnter":
                shown["BridgeId"] = step.get("BridgeUniqueid")
            elif step.get("Event") == "BridgeLeave":
                shown["BridgeId"] = ""

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connected.add(writer)
        writer.write(GREETING)
        try:
            while (action := await _read_action(reader)) is not None and self._obey(action, writer):
                await writer.drain()
        except ConnectionError:
            pass  # the client went away in the middle of a word; there is nobody left to tell
        finally:
            self._forget(writer)
            writer.close()

    def _forget(self, writer: asyncio.StreamWriter) -> None:
        self._connected.discard(writer)
        if writer in self._listeners:
            self._listeners.discard(writer)
            if not self._listeners:
                self._somebody.clear()
            self._report({"client": "gone"})

    def _obey(self, action: Action, writer: asyncio.StreamWriter) -> bool:
        """Answer one action; False ends the connection."""
        name = action.get("action", "").lower()
        if name == "login":
            return self._log_in(action, writer)
        if name == "logoff":
            _answer(writer, action, ("Response", "Goodbye"), ("Message", "Thanks for all the fish."))
            return False
        if writer not in self._listeners:
            _answer(writer, action, ("Response", "Error"), ("Message", "Permission denied"))
        elif name == "ping":
            _answer(writer, action, ("Response", "Success"), ("Ping", "Pong"), ("Timestamp", f"{time.time():.6f}"))
        elif name == "events":
            _answer(writer, action, ("Response", "Success"), ("Events", "On"))
        elif name == "coreshowchannels":
            self._list_channels(action, writer)
        else:
            _answer(writer, action, ("Response", "Error"), ("Message", "Invalid/unknown command"))
        return True

    def _log_in(self, action: Action, writer: asyncio.StreamWriter) -> bool:
        user, secret = action.get("username", ""), action.get("secret", "")
        right = hmac.compare_digest(user.encode(), self._user.encode())
        right &= hmac.compare_digest(secret.encode(), self._secret.encode())
        if not right:
            _answer(writer, action, ("Response", "Error"), ("Message", "Authentication failed"))
            self._report({"client": "refused"})
            return False
        _answer(writer, action, ("Response", "Success"), ("Message", "Authentication accepted"))
        self._listeners.add(writer)
        self._somebody.set()
        self._report({"client": "logged_in"})
        return True

    def _list_channels(self, action: Action, writer: asyncio.StreamWriter) -> None:
        _answer(writer, action, ("Response", "Success"), ("EventList", "start"), ("Message", "Channels will follow"))
        for shown in self._channels.values():
            _answer(writer, action, ("Event", "CoreShowChannel"), *shown.items())
        _answer(
            writer,
            action,
            ("Event", "CoreShowChannelsComplete"),
            ("EventList", "Complete"),
            ("ListItems", str(len(self._channels))),
        )


async def _read_action(reader: asyncio.StreamReader) -> Action | None:
    try:
        block = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return None
    fields = (line.partition(":") for line in block.decode("utf-8", "replace").split("\r\n"))
    return {key.strip().lower(): value.strip() for key, _, value in fields if key.strip()}


def _answer(writer: asyncio.StreamWriter, action: Action, *fields: tuple[str, str]) -> None:
    (first_key, first_value), *rest = fields
    head = [(first_key, first_value)]
    if "actionid" in action:
        head.append(("ActionID", action["actionid"]))
    writer.write(("".join(f"{key}: {value}\r\n" for key, value in (*head, *rest)) + "\r\n").encode())
