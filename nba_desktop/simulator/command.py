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
from pathlib import Path
from typing import TextIO

from nba_desktop.simulator.ami_server import Account, AmiServer
from nba_desktop.simulator.recording import WITHHELD, RecordingError, Step, load, renew


def run(argv: Sequence[str], recordings: Path, stdin: TextIO | None = None, stdout: TextIO | None = None) -> int:
    """Simulate until `stdin` ends. Return 0, or 2 when the recordings, the certificate or the port cannot be used.

    Commands: `{"play": "01", "from": "+49…"}` rings and waits; `{"continue": true}` answers, the next one hangs up
    (`"pause": false` plays without waiting); `{"drop": true}` cuts every connection.
    Reports: `{"listening": port}`, `{"client": "logged_in" | "refused" | "gone"}`,
    `{"sent": "ringing" | "answered" | "ended", "at_monotonic_ns": …, "listeners": …}`,
    `{"waiting_for": "answered" | "ended"}`, `{"finished": "01"}`, `{"error": code}`.
    """
    options = _options(argv)
    try:
        steps = load(recordings, "01", options.agent)
    except RecordingError as error:
        print(error, file=sys.stderr)
        return 2
    return asyncio.run(_Simulator(options, recordings, steps, stdout or sys.stdout).run(stdin or sys.stdin))


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="nba-desktop simulator", description=__doc__)
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
    def __init__(self, options: argparse.Namespace, recordings: Path, loop_call: tuple[Step, ...], out: TextIO) -> None:
        self._options = options
        self._recordings = recordings
        self._loop_call = loop_call
        self._out = out
        self._serial = itertools.count(1)
        self._gate = asyncio.Semaphore(0)
        self._playing: asyncio.Task[None] | None = None
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
            self._playing = asyncio.create_task(self._ring_by_itself())
        while (line := await commands.get()) is not None:
            self._obey(line)
        if self._playing is not None:
            self._playing.cancel()
            await asyncio.gather(self._playing, return_exceptions=True)
        await self._server.stop()
        return 0

    def _report(self, what: dict[str, object]) -> None:
        self._out.write(json.dumps(what) + "\n")
        self._out.flush()

    def _obey(self, line: str) -> None:
        try:
            command = json.loads(line)
        except ValueError:
            command = None
        if not isinstance(command, dict):
            self._report({"error": "bad_command"})
        elif isinstance(command.get("play"), str):
            self._start_playing(command["play"], command.get("from"), pause=command.get("pause") is not False)
        elif command.get("continue") is True:
            self._gate.release()
        elif command.get("drop") is True:
            self._server.drop()
        else:
            self._report({"error": "bad_command"})

    def _start_playing(self, number: str, caller: object, *, pause: bool) -> None:
        if self._playing is not None and not self._playing.done():
            self._report({"error": "busy"})
            return
        try:
            steps = load(self._recordings, number, self._options.agent)
        except RecordingError as error:
            self._report({"error": "no_recording", "detail": str(error)})
            return
        fresh = self._renewed(steps, caller if isinstance(caller, str) else None)
        self._gate = asyncio.Semaphore(0)
        self._playing = asyncio.create_task(self._play(number, fresh, pause=pause))

    def _renewed(self, steps: tuple[Step, ...], caller: str | None) -> tuple[Step, ...]:
        # One line per field: a number with a line break in it would forge fields.
        clean = None if caller is None else "".join(caller.split("\r")).replace("\n", "")
        return renew(steps, clean, lambda: next(self._serial), int(time.time()))

    async def _play(self, number: str, steps: tuple[Step, ...], *, pause: bool) -> None:
        before = 0.0
        if number in WITHHELD:
            self._server.withhold(next(step.get("Linkedid") for step in steps if step.get("Linkedid")))
        for step in steps:
            if step.gate is not None and pause:
                self._report({"waiting_for": step.gate})
                await self._gate.acquire()
            elif step.at > before:
                await asyncio.sleep((step.at - before) / self._options.speed)
            before = step.at
            await self._server.send(step)
        self._report({"finished": number})

    async def _ring_by_itself(self) -> None:
        for number in itertools.cycle(self._options.numbers.split(",")):
            await self._server.wait_for_listener()
            self._gate = asyncio.Semaphore(0)
            call = asyncio.create_task(self._play("01", self._renewed(self._loop_call, number.strip()), pause=True))
            try:
                await asyncio.sleep(self._options.answer_after)
                self._gate.release()
                await asyncio.sleep(self._options.hang_up_after)
                self._gate.release()
                await call
            finally:
                call.cancel()
            await asyncio.sleep(self._options.every)


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
