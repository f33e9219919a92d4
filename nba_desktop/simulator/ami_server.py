"""The AMI side of the simulator: logins, actions, and events to whoever is logged in."""

from __future__ import annotations

import asyncio
import hmac
import ssl
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from nba_desktop.simulator.queue_line import QueueLines
from nba_desktop.simulator.recording import Step

GREETING: Final = b"Asterisk Call Manager/11.0.0\r\n"

_MAX_ACTION: Final = 64 * 1024
_GONE_KEPT: Final = 64
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

_RIGHTS_OF: Final = {
    "coreshowchannels": frozenset({"system", "reporting"}),
    "getvar": frozenset({"call", "reporting"}),
}
"""Which classes an action takes one of, as Asterisk has it; an action that is not here needs none."""
_PRESENTATIONS: Final = ("CALLERID(num-pres)", "CONNECTEDLINE(num-pres)")

Action = dict[str, str]


@dataclass(frozen=True, slots=True)
class Account:
    """Who may log in, which classes of events he hears, and which classes of actions he may take."""

    user: str
    secret: str
    read: frozenset[str] = frozenset({"call", "agent"})
    write: frozenset[str] = frozenset({"reporting"})


class AmiServer:
    """Speaks enough AMI for a client that logs in, listens, pings and asks about the channels there are.

    `report` gets what an observer wants to know, as small dictionaries.
    """

    def __init__(self, account: Account, report: Callable[[dict[str, object]], None]) -> None:
        self._account = account
        self._withheld: set[str] = set()
        self._report = report
        self._listeners: set[asyncio.StreamWriter] = set()
        self._connected: set[asyncio.StreamWriter] = set()
        self._channels: dict[str, dict[str, str]] = {}
        # Played fast, a short call is over before a question about it has come, which in truth had seconds.
        self._gone: deque[dict[str, str]] = deque(maxlen=_GONE_KEPT)
        self._queues = QueueLines()
        self._server: asyncio.Server | None = None
        self._somebody = asyncio.Event()

    async def start(self, port: int, tls: ssl.SSLContext | None = None) -> int:
        """Listen on the loopback interface, encrypted with `tls`; port 0 takes a free one. Return the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, limit=_MAX_ACTION, ssl=tls)
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

    def withhold(self, linkedid: str) -> None:
        """Say, when asked, that the caller of this call does not want his number shown; the events do not say it."""
        self._withheld.add(linkedid)

    async def send(self, step: Step, call: dict[str, object] | None = None) -> None:
        """Send a recorded message to everybody who is logged in; report its phase right before its bytes leave.

        `call` is what the report says of the call besides.
        """
        step = self._queues.renumbered(step)
        self._note_channel(step)
        data = step.encode()
        if step.phase is not None:
            sent = {"sent": step.phase, "at_monotonic_ns": time.monotonic_ns(), "listeners": len(self._listeners)}
            self._report({**sent, **(call or {})})
        classes = step.get("Privilege").split(",")
        for writer in tuple(self._listeners) if self._account.read.intersection(classes) else ():
            writer.write(data)
        for writer in tuple(self._listeners):
            try:
                await writer.drain()
            except ConnectionError:
                self._forget(writer)

    def _note_channel(self, step: Step) -> None:
        uniqueid = step.get("Uniqueid")
        if step.get("Event") == "Hangup":
            gone = self._channels.pop(uniqueid, None)
            if gone is not None:
                self._gone.append(gone)
        elif step.get("Event") in _CHANNEL_EVENTS and uniqueid:
            shown = self._channels.setdefault(uniqueid, {"BridgeId": ""})
            shown.update({key: step.get(key) for key in _SHOWN if step.get(key)})
            # A called channel was made by another one of the same call, and says so in its application's data.
            called = step.get("Linkedid") != uniqueid
            shown["ApplicationData"] = "(Outgoing Line)" if called else shown.get("ApplicationData", "")
            if step.get("Event") == "BridgeEnter":
                shown["BridgeId"] = step.get("BridgeUniqueid")
            elif step.get("Event") == "BridgeLeave":
                shown["BridgeId"] = ""

        elif step.get("Event") == "QueueCallerJoin" and uniqueid in self._channels:
            self._channels[uniqueid].update(Application="Queue", ApplicationData=f"{step.get('Queue')},tT,,,60")

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
        if writer not in self._listeners or (name in _RIGHTS_OF and not _RIGHTS_OF[name] & self._account.write):
            _answer(writer, action, ("Response", "Error"), ("Message", "Permission denied"))
        elif name == "ping":
            _answer(writer, action, ("Response", "Success"), ("Ping", "Pong"), ("Timestamp", f"{time.time():.6f}"))
        elif name == "events":
            _answer(writer, action, ("Response", "Success"), ("Events", "On"))
        elif name == "coreshowchannels":
            self._list_channels(action, writer)
        elif name == "getvar":
            self._tell_variable(action, writer)
        else:
            _answer(writer, action, ("Response", "Error"), ("Message", "Invalid/unknown command"))
        return True

    def _log_in(self, action: Action, writer: asyncio.StreamWriter) -> bool:
        user, secret = action.get("username", ""), action.get("secret", "")
        right = hmac.compare_digest(user.encode(), self._account.user.encode())
        right &= hmac.compare_digest(secret.encode(), self._account.secret.encode())
        if not right:
            _answer(writer, action, ("Response", "Error"), ("Message", "Authentication failed"))
            self._report({"client": "refused"})
            return False
        _answer(writer, action, ("Response", "Success"), ("Message", "Authentication accepted"))
        self._listeners.add(writer)
        self._somebody.set()
        self._report({"client": "logged_in"})
        return True

    def _tell_variable(self, action: Action, writer: asyncio.StreamWriter) -> None:
        variable = action.get("variable", "")
        known = (*self._channels.values(), *self._gone)
        shown = next((one for one in known if one["Channel"] == action.get("channel")), None)
        if shown is None:
            _answer(writer, action, ("Response", "Error"), ("Message", "No such channel"))
            return
        hidden = variable in _PRESENTATIONS and shown.get("Linkedid") in self._withheld
        allowed = "allowed_not_screened" if variable in _PRESENTATIONS else ""
        value = "prohib_not_screened" if hidden else allowed
        _answer(writer, action, ("Response", "Success"), ("Variable", variable), ("Value", value))

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
