"""An Asterisk with many agents: a process that sends recorded calls, made new, as fast as the panel reads them.

One line of JSON on standard input says how many messages and how many of the calls are the panel's own agent's; the
first line on standard output says the port and what will be sent. It serves one panel and ends with its connection.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from nba_desktop.adapters.cti.ami_leg import AgentLine
from nba_desktop.adapters.cti.ami_protocol import AmiMessage
from nba_desktop.adapters.cti.ami_translator import AmiTranslator
from nba_desktop.adapters.cti.numbers import NumberSettings
from nba_desktop.domain.call_event import CallEventType
from nba_desktop.simulator.ami_server import GREETING
from nba_desktop.simulator.recording import Step, load, renew

LINE: Final = AgentLine("201", ("PJSIP/agent1",))
RECORDINGS: Final = ("01", "02", "03", "04", "05", "07", "08", "09", "11", "12", "14", "18")

_FOLDER: Final = Path(__file__).resolve().parents[3] / "resources" / "telephony" / "asterisk"
_AT_ONCE: Final = 20
_AT_ONCE_OF_ONE: Final = 3
_PACKET: Final = 1 << 16
"""So many bytes are written at least before the panel's pace is looked at."""
_EPOCH: Final = 1_800_000_000


class Calls:
    """Renewed recordings: `own` of 100 calls are the panel's agent's, the others' names and extensions are changed."""

    def __init__(self, own_percent: float, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        self._own_percent = own_percent
        self._serial = itertools.count(1)
        self._recorded = {one: load(_FOLDER, one, LINE.interfaces[0]) for one in RECORDINGS}
        self._endings = {one: _endings(steps) for one, steps in self._recorded.items()}
        self._order = itertools.cycle(RECORDINGS)
        self.own_endings = 0
        """How many legs of the agent's must end in what was handed out."""

    def messages(self, count: int) -> Iterator[bytes]:
        """Return about `count` messages: calls that go on at the same time, each in its order and to its end."""
        # One agent alone does not have as many calls at once as a house.
        running = [self._call() for _ in range(_AT_ONCE if self._own_percent < 100 else _AT_ONCE_OF_ONE)]
        for number in itertools.count():
            place = self._chance.randrange(len(running))
            message = next(running[place], None)
            if message is not None:
                yield message
            elif number < count:
                running[place] = self._call()
            else:
                del running[place]
                if not running:
                    return

    def _call(self) -> Iterator[bytes]:
        number = next(self._order)
        own = self._chance.random() * 100 < self._own_percent
        if own:
            self.own_endings += self._endings[number]
        neighbour = self._chance.randrange(100, 900)
        caller = f"+49301{next(self._serial):08}"
        for step in renew(self._recorded[number], caller, lambda: next(self._serial), _EPOCH):
            yield step.encode() if own else _of_another(step.encode(), neighbour)


def packets(messages: Iterable[bytes]) -> list[bytes]:
    """Return what is written at once: whole messages, because an answer may come between two packets.

    An Asterisk never answers in the middle of a message either; where the network cuts, nobody decides.
    """
    made: list[bytes] = []
    waiting: list[bytes] = []
    size = 0
    for message in messages:
        waiting.append(message)
        size += len(message)
        if size >= _PACKET:
            made.append(b"".join(waiting))
            waiting, size = [], 0
    return [*made, b"".join(waiting)] if waiting else made


def _of_another(message: bytes, number: int) -> bytes:
    """The same message about two other agents."""
    for old, new in (("agent1", f"desk{number}"), ("agent2", f"desk{number + 1000}")):
        message = message.replace(old.encode(), new.encode())
    return message.replace(b": 201\r\n", b": 4%03d\r\n" % number).replace(b": 202\r\n", b": 5%03d\r\n" % number)


def _endings(steps: tuple[Step, ...]) -> int:
    """How many of the agent's legs end in a recording."""
    translator = AmiTranslator("asterisk", LINE, NumberSettings())
    at = datetime.now(UTC)
    events = (event for step in steps for event in translator.translate(AmiMessage(step.fields), at))
    return sum(event.type is CallEventType.ENDED for event in events)


class Asterisk:
    """Answers a login and what the panel asks, and sends."""

    def __init__(self, packets: list[bytes]) -> None:
        self._packets = packets
        self._sending: asyncio.Task[None] | None = None
        self.gone = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Speak with the panel until it goes."""
        writer.write(GREETING)
        try:
            while True:
                block = (await reader.readuntil(b"\r\n\r\n")).decode()
                self._obey(dict(line.split(": ", 1) for line in block.split("\r\n") if ": " in line), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            self.gone.set()
        finally:
            if self._sending is not None:
                self._sending.cancel()
            writer.close()

    def _obey(self, action: dict[str, str], writer: asyncio.StreamWriter) -> None:
        answer = f"Response: Success\r\nActionID: {action['ActionID']}\r\n"
        match action["Action"]:
            case "CoreShowChannels":
                complete = f"Event: CoreShowChannelsComplete\r\nActionID: {action['ActionID']}\r\nListItems: 0\r\n\r\n"
                writer.write(f"{answer}EventList: start\r\n\r\n{complete}".encode())
                self._sending = asyncio.create_task(self._send(writer))
            case "Getvar":
                writer.write(f"{answer}Variable: {action['Variable']}\r\nValue: allowed_not_screened\r\n\r\n".encode())
            case _:
                writer.write(f"{answer}\r\n".encode())

    async def _send(self, writer: asyncio.StreamWriter) -> None:
        for packet in self._packets:
            writer.write(packet)
            await writer.drain()


async def _run(told: dict[str, Any]) -> None:
    calls = Calls(told["own_percent"])
    messages = list(calls.messages(told["messages"]))
    asterisk = Asterisk(packets(messages))
    server = await asyncio.start_server(asterisk.serve, "127.0.0.1", 0)
    about = {"messages": len(messages), "bytes": sum(map(len, messages)), "own_endings": calls.own_endings}
    print(json.dumps(about | {"port": server.sockets[0].getsockname()[1]}), flush=True)
    await asterisk.gone.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(_run(json.loads(sys.stdin.readline())))
