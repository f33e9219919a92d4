"""The simulator as a process: commands in, reports out, one JSON object per line."""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import ssl
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from nba_desktop.simulator.ami_server import Account, AmiServer
from nba_desktop.simulator.cast import cast, with_offer
from nba_desktop.simulator.order import OrderError, PlayOrder, play_order, seconds
from nba_desktop.simulator.recording import WITHHELD, RecordingError, Step, load, renew


def run(argv: Sequence[str], recordings: Path, stdin: TextIO | None = None, stdout: TextIO | None = None) -> int:
    """Simulate until `stdin` ends. Return 0, or 2 when the recordings, the certificate or the port cannot be used.

    Commands: `{"play": "01", "from": "+49…"}` rings and waits; `{"continue": true}` answers, the next one hangs up
    (`"pause": false` plays without waiting); `{"drop": true}` cuts every connection. Several calls at once have names
    (`"call": "a"`) that commands and reports repeat; `PlayOrder` says what else a call can be told. `"after": 3` lets a
    call or a cut wait.
    Reports: `{"listening": port}`, `{"client": "logged_in" | "refused" | "gone"}`,
    `{"sent": "ringing" | "answered" | "ended", "at_monotonic_ns": …, "listeners": …}`,
    `{"waiting_for": "answered" | "ended"}`, `{"finished": "01"}`, `{"error": code}`.
    """
    options = _options(argv)
    try:
        loaded = {"01": load(recordings, "01", options.agent)}
    except RecordingError as error:
        print(error, file=sys.stderr)
        return 2
    return asyncio.run(_Simulator(options, recordings, loaded, stdout or sys.stdout).run(stdin or sys.stdin))


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="nba-desktop simulator",
        description="A telephone system that speaks Asterisk's manager interface and plays recorded calls.",
        epilog=(
            'It reads a JSON object a line: {"play": "01", "from": "+493512805504"} rings, {"continue": true} answers '
            'and then hangs up, {"drop": true} cuts the line; 01 to 22 are the recordings. It ends with its input. '
            "`nba-desktop simulator --genesys` is a stand-in for Genesys Cloud instead."
        ),
    )
    parser.add_argument("--port", type=int, default=0, help="port on the loopback interface; 0 takes a free one")
    parser.add_argument("--user", default="cti", help="user name the client must give")
    parser.add_argument("--secret", default="cti-demo", help="secret the client must give; no real one belongs here")
    parser.add_argument("--read", default="call,agent", help="classes of events the account hears")
    parser.add_argument("--write", default="reporting", help="classes of actions the account may take")
    parser.add_argument("--tls-certificate", type=Path, help="PEM file; the line is then encrypted")
    parser.add_argument("--tls-key", type=Path, help="PEM file; when the key is not in the certificate's file")
    parser.add_argument("--agent", default="PJSIP/agent1", help="whose calls are meant")
    parser.add_argument("--speed", type=float, default=1.0, help="2 plays twice as fast as recorded")
    parser.add_argument("--loop", action="store_true", help="ring by itself, again and again")
    parser.add_argument("--numbers", default="+493512805504", help="with --loop: callers, separated by commas")
    parser.add_argument("--every", type=float, default=10.0, help="with --loop: seconds between two calls")
    parser.add_argument("--answer-after", type=float, default=3.0, help="with --loop: seconds of ringing")
    parser.add_argument("--hang-up-after", type=float, default=60.0, help="with --loop: seconds of talking")
    options = parser.parse_args(argv)
    if options.speed <= 0:
        parser.error("--speed must be greater than 0")
    return options


class _Simulator:
    def __init__(
        self, options: argparse.Namespace, recordings: Path, loaded: dict[str, tuple[Step, ...]], out: TextIO
    ) -> None:
        self._options = options
        self._recordings = recordings
        self._loaded = loaded
        self._out = out
        self._serial = itertools.count(1)
        self._calls: dict[str, _Playing] = {}
        self._ringing_by_itself: asyncio.Task[None] | None = None
        read, write = (frozenset(classes.split(",")) for classes in (options.read, options.write))
        self._server = AmiServer(Account(options.user, options.secret, read, write), self._report)

    async def run(self, stdin: TextIO) -> int:
        try:
            tls = _tls(self._options.tls_certificate, self._options.tls_key)
        except OSError as error:  # an unusable certificate is one, too
            self._report({"error": "no_certificate", "detail": error.strerror})
            return 2
        try:
            self._report({"listening": await self._server.start(self._options.port, tls)})
        except OSError as error:
            self._report({"error": "cannot_listen", "detail": error.strerror})
            return 2
        commands: asyncio.Queue[str | None] = asyncio.Queue()
        _read_lines(stdin, commands, asyncio.get_running_loop())
        if self._options.loop:
            self._ringing_by_itself = asyncio.create_task(self._ring_by_itself())
        while (line := await commands.get()) is not None:
            self._obey(line)
        tasks = [call.task for call in self._calls.values()]
        tasks += [self._ringing_by_itself] if self._ringing_by_itself else []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._server.stop()
        return 0

    def _report(self, what: dict[str, object]) -> None:
        self._out.write(json.dumps(what) + "\n")
        self._out.flush()

    def _obey(self, line: str) -> None:
        try:
            self._do(json.loads(line))
        except OrderError as error:
            self._report({"error": "bad_command", "detail": str(error)})
        except (ValueError, RecursionError):
            self._report({"error": "bad_command"})

    def _do(self, command: object) -> None:
        if not isinstance(command, dict):
            raise OrderError("a command is an object")
        if "play" in command:
            self._start_playing(play_order(command))
        elif command.get("continue") is True:
            self._continue(str(command.get("call", "")))
        elif command.get("drop") is True:
            after = (seconds(command, "after") or 0.0) / self._options.speed
            asyncio.get_running_loop().call_later(after, self._server.drop)
        else:
            raise OrderError("no such command")

    def _continue(self, call: str) -> None:
        playing = self._calls.get(call)
        if playing is not None:
            playing.gate.release()
        elif call:
            self._report({"error": "no_call", "call": call})

    def _start_playing(self, order: PlayOrder) -> None:
        if order.call in self._calls:
            self._report({"error": "busy", **_label(order)})
            return
        try:
            steps = self._steps(order)
        except RecordingError as error:
            self._report({"error": "no_recording", "detail": str(error), **_label(order)})
            return
        gate = asyncio.Semaphore(0)
        task = asyncio.create_task(self._play(order, steps, gate))
        self._calls[order.call] = _Playing(task, gate)
        task.add_done_callback(lambda _: self._calls.pop(order.call))

    def _steps(self, order: PlayOrder) -> tuple[Step, ...]:
        if order.recording not in self._loaded:
            self._loaded[order.recording] = load(self._recordings, order.recording, self._options.agent)
        steps = self._loaded[order.recording]
        if order.wait_s is not None:
            steps = with_offer(steps)
        return steps if order.agents is None else cast(steps, order.agents)

    async def _play(self, order: PlayOrder, recorded: tuple[Step, ...], gate: asyncio.Semaphore) -> None:
        # By the clock and not by adding pauses up: a call among many must not last longer than it was told to.
        clock, speed, label = asyncio.get_running_loop().time, self._options.speed, _label(order)
        due = clock() + order.after_s / speed
        await asyncio.sleep(due - clock())
        steps = renew(recorded, order.caller, lambda: next(self._serial), int(time.time()))
        if order.recording in WITHHELD:
            self._server.withhold(next(step.get("Linkedid") for step in steps if step.get("Linkedid")))
        before = 0.0
        for step in steps:
            lasting = None if step.gate is None else order.lasting(step.gate)
            if lasting is not None:
                due += lasting / speed
                await asyncio.sleep(due - clock())
            elif step.gate is not None and order.pause:
                self._report({"waiting_for": step.gate, **label})
                await gate.acquire()
                due = clock()
            elif step.at > before:
                due += (step.at - before) / speed
                await asyncio.sleep(due - clock())
            before = step.at
            await self._server.send(step, label)
        self._report({"finished": order.recording, **label})

    async def _ring_by_itself(self) -> None:
        speed = self._options.speed
        for number in itertools.cycle(self._options.numbers.split(",")):
            await self._server.wait_for_listener()
            # These times are said in real seconds.
            ring_s, talk_s = self._options.answer_after * speed, self._options.hang_up_after * speed
            order = PlayOrder("01", number.strip(), ring_s=ring_s, talk_s=talk_s)
            await self._play(order, self._steps(order), asyncio.Semaphore(0))
            await asyncio.sleep(self._options.every)


@dataclass(frozen=True, slots=True)
class _Playing:
    """A call that is being played, and what lets it go on."""

    task: asyncio.Task[None]
    gate: asyncio.Semaphore


def _label(order: PlayOrder) -> dict[str, object]:
    return {"call": order.call} if order.call else {}


def _tls(certificate: Path | None, key: Path | None) -> ssl.SSLContext | None:
    if certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def _read_lines(stdin: TextIO, commands: asyncio.Queue[str | None], loop: asyncio.AbstractEventLoop) -> None:
    def read() -> None:
        for line in stdin:
            if line.strip():
                loop.call_soon_threadsafe(commands.put_nowait, line)
        loop.call_soon_threadsafe(commands.put_nowait, None)

    # A thread, because a pipe cannot be awaited on Windows; a daemon, because it may be stuck in a read at the end.
    threading.Thread(target=read, name="simulator-stdin", daemon=True).start()
