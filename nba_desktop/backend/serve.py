"""Run the backend: as a panel's child process, or for a site."""

from __future__ import annotations

import gc
import json
import os
import socket
import sys
import threading
from collections.abc import Callable
from functools import partial

import uvicorn
from fastapi import FastAPI

from nba_desktop import __version__
from nba_desktop.backend.errors import ConfigurationError

_STDIN = 0


class _AnnouncingServer(uvicorn.Server):
    """Says when it listens, so that nobody has to guess when to ask, and when it stops."""

    def __init__(
        self, config: uvicorn.Config, on_listening: Callable[[], None], on_stopping: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._on_listening = on_listening
        self._on_stopping = on_stopping

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, then say so."""
        await super().startup(sockets=sockets)
        self._on_listening()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what would go on for ever, then stop to listen."""
        self._on_stopping()
        await super().shutdown(sockets=sockets)


def serve(app: FastAPI, host: str, port: int, token: str | None = None) -> None:
    """Serve until stopped by a signal, and with `token` also when standard input ends: the panel is gone then.

    Prints one line of JSON once it listens: `{"url": …, "token": …, "version": …}`, without token for a site.
    """
    listener = _listen(host, port)
    bound_host, bound_port = listener.getsockname()[:2]
    shown_host = f"[{bound_host}]" if ":" in bound_host else bound_host
    hello = {"url": f"http://{shown_host}:{bound_port}", "version": __version__}
    if token is not None:
        hello["token"] = token

    server = _AnnouncingServer(
        uvicorn.Config(
            app,
            # Addresses hold what was searched for: they are not logged.
            access_log=False,
            log_config=None,
            log_level="warning",
            server_header=False,
            ws="none",
            # Answers hold personal data: no proxy on the way may keep them.
            headers=[("Cache-Control", "no-store")],
            # Longer than the usual proxy's 60 s: the side that asks closes, never this one under a request.
            timeout_keep_alive=75,
            timeout_graceful_shutdown=3,
        ),
        on_listening=partial(_say, json.dumps(hello)),
        on_stopping=app.state.end_streams,
    )
    if token is not None:
        threading.Thread(target=_stop_at_end_of_input, args=(server,), name="stdin", daemon=True).start()
    # What is there now stays: to look through it for garbage again and again would hold answers up.
    gc.freeze()
    server.run(sockets=[listener])


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio switches Nagle's algorithm off only where the protocol is named; with it each answer waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            # There it would let a second process take the port over.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ConfigurationError(f"cannot listen on {host}, port {port}: {error.strerror}") from error
    return listener


def _stop_at_end_of_input(server: uvicorn.Server) -> None:
    # Not sys.stdin: its lock would be held when the interpreter ends.
    try:
        while os.read(_STDIN, 4096):
            pass
    except OSError:
        # No standard input at all is its end, too.
        pass
    server.should_exit = True
