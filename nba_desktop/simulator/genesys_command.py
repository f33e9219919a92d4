"""The stand-in for Genesys Cloud as a process: commands in, reports out, one JSON object per line."""

from __future__ import annotations

import argparse
import json
import ssl
import sys
import threading
import time
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from nba_desktop.simulator.genesys import GenesysStandIn
from nba_desktop.simulator.genesys_oauth import Tenant
from nba_desktop.simulator.genesys_script import ScriptError, ScriptStep, load, renew


def run(argv: Sequence[str], scripts: Path, stdin: TextIO | None = None, stdout: TextIO | None = None) -> int:
    """Play until `stdin` ends. Return 0, or 2 when the certificate or the port cannot be used.

    Commands: `{"play": "01", "from": "+49…"}` plays a script's first phase and waits, `{"continue": true}` plays to
    the next phase (`"pause": false` plays without waiting); with `"at_once": true` several calls go on side by side.
    `{"drop": true}` cuts every web socket, `{"closing": true}` warns of it, `{"mute": true | false}` falls silent,
    `{"revoke": true}` takes the tokens back, `{"refuse": 429, "times": 2, "retry_after": 1}` answers with an error,
    `{"lack": ["conversation:communication:view"]}` plays missing permissions.
    Reports: `{"listening": port}`, `{"client": "signed_in" | "refused" | "listening" | "gone"}`,
    `{"channel": "opened"}`, `{"sent": phase, "at_monotonic_ns": …, "listeners": …}`, `{"waiting_for": phase}`,
    `{"finished": "01"}`, `{"obeyed": command}`, `{"error": code}`.
    """
    return _Program(_options(argv), scripts, stdout or sys.stdout).run(stdin or sys.stdin)


def _options(argv: Sequence[str]) -> argparse.Namespace:
    played = Tenant()
    parser = argparse.ArgumentParser(prog="nba-desktop simulator --genesys", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on the loopback interface; 0 takes a free one")
    parser.add_argument("--client-id", default=played.client_id, help="id of the OAuth client")
    parser.add_argument("--secret", default=played.secret, help="the client's secret; no real one belongs here")
    parser.add_argument("--user", default=played.user_id, help="id of the agent whose calls are played")
    parser.add_argument("--redirect-uri", default="", help="the only redirect to allow; without it any to 127.0.0.1")
    parser.add_argument("--channel-life", type=float, default=played.channel_life_s, help="seconds a channel lives")
    parser.add_argument("--token-life", type=float, default=played.token_life_s, help="seconds a token is good")
    parser.add_argument("--heartbeat", type=float, default=played.heartbeat_s, help="seconds between two heartbeats")
    parser.add_argument("--no-refresh-tokens", action="store_true", help="give none, as for some kinds of clients")
    parser.add_argument("--tls-certificate", type=Path, help="PEM file; everything is then encrypted")
    parser.add_argument("--tls-key", type=Path, help="PEM file; when the key is not in the certificate's file")
    parser.add_argument("--speed", type=float, default=1.0, help="2 plays twice as fast as written")
    options = parser.parse_args(argv)
    if options.speed <= 0:
        parser.error("--speed must be greater than 0")
    return options


class _Program:
    def __init__(self, options: argparse.Namespace, scripts: Path, out: TextIO) -> None:
        self._options = options
        self._scripts = scripts
        self._out = out
        self._writing = threading.Lock()
        self._gate = threading.Semaphore(0)
        self._ended = threading.Event()
        self._playing: list[threading.Thread] = []
        tenant = Tenant(
            client_id=options.client_id,
            secret=options.secret,
            user_id=options.user,
            redirect_uri=options.redirect_uri,
            channel_life_s=options.channel_life,
            token_life_s=options.token_life,
            heartbeat_s=options.heartbeat,
            gives_refresh_tokens=not options.no_refresh_tokens,
        )
        self._stand_in = GenesysStandIn(tenant, self._report)

    def run(self, stdin: TextIO) -> int:
        try:
            tls = _tls(self._options.tls_certificate, self._options.tls_key)
        except OSError as error:  # an unusable certificate is one, too
            self._report({"error": "no_certificate", "detail": error.strerror})
            return 2
        try:
            self._report({"listening": self._stand_in.start(self._options.port, tls)})
        except OSError as error:
            self._report({"error": "cannot_listen", "detail": error.strerror})
            return 2
        for line in stdin:
            if line.strip():
                self._obey(line)
        self._ended.set()
        for _ in self._playing:
            self._gate.release()
        self._stand_in.stop()
        return 0

    def _report(self, what: dict[str, object]) -> None:
        with self._writing:
            self._out.write(json.dumps(what) + "\n")
            self._out.flush()

    def _obey(self, line: str) -> None:
        try:
            command = json.loads(line)
        except ValueError:
            command = None
        match command:
            case {"play": str(number)}:
                if not self._play(number, command):
                    return
            case {"continue": True}:
                self._gate.release()
            case {"drop": True}:
                self._stand_in.drop()
            case {"closing": True}:
                self._stand_in.announce_closing()
            case {"mute": bool(quiet)}:
                self._stand_in.mute(quiet)
            case {"revoke": True}:
                self._stand_in.revoke()
            case {"refuse": int(status)}:
                self._stand_in.refuse(status, int(command.get("times", 1)), float(command.get("retry_after", 0)))
            case {"lack": list(permissions)}:
                self._stand_in.lack(frozenset(str(one) for one in permissions))
            case _:
                self._report({"error": "bad_command"})
                return
        self._report({"obeyed": next(iter(command))})

    def _play(self, number: str, command: dict[str, Any]) -> bool:
        """Begin a call; False, and the reason reported, when that cannot be."""
        self._playing = [one for one in self._playing if one.is_alive()]
        if self._playing and command.get("at_once") is not True:
            self._report({"error": "busy"})
            return False
        try:
            steps = load(self._scripts, number)
        except ScriptError as error:
            self._report({"error": "no_script", "detail": str(error)})
            return False
        caller = command.get("from") if isinstance(command.get("from"), str) else None
        fresh = renew(steps, self._options.user, caller, datetime.now(UTC), uuid.uuid4)
        pause = command.get("pause") is not False
        self._playing.append(threading.Thread(target=self._tell, args=(number, fresh, pause), daemon=True))
        self._playing[-1].start()
        return True

    def _tell(self, number: str, steps: tuple[ScriptStep, ...], pause: bool) -> None:
        before = steps[0].at
        for count, step in enumerate(steps):
            if count and step.phase is not None and pause:
                self._report({"waiting_for": step.phase})
                self._gate.acquire()
            elif self._ended.wait((step.at - before) / self._options.speed):
                return
            if self._ended.is_set():
                return
            before = step.at
            at = time.monotonic_ns()
            listeners = self._stand_in.tell(step.message)
            if step.phase is not None:
                self._report({"sent": step.phase, "at_monotonic_ns": at, "listeners": listeners})
        self._report({"finished": number})


def _tls(certificate: Path | None, key: Path | None) -> ssl.SSLContext | None:
    if certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
