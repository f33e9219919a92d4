"""Run the backend: as a panel's child process, or for a site."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Callable
from functools import partial

import uvicorn
from fastapi import FastAPI

from nba_desktop import __version__
from nba_desktop.backend.edge.certificate import Certificate
from nba_desktop.backend.edge.connection import telling
from nba_desktop.backend.errors import ConfigurationError

_STDIN = 0
# Ticks of a tenth of a second.
_LOOK_AT_CERTIFICATE = 10
_log = logging.getLogger(__name__)


class _AnnouncingServer(uvicorn.Server):
    """Says when it listens, so that nobody has to guess when to ask, and when it stops; renews its certificate."""

    def __init__(
        self,
        config: uvicorn.Config,
        on_listening: Callable[[], None],
        on_stopping: Callable[[], None],
        certificate: Certificate | None,
    ) -> None:
        super().__init__(config)
        self._on_listening = on_listening
        self._on_stopping = on_stopping
        self._certificate = certificate

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, then say so."""
        await super().startup(sockets=sockets)
        if sys.platform != "win32":
            # Without somebody who listens to it the signal would end the process.
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._read_anew)
        self._on_listening()

    async def on_tick(self, counter: int) -> bool:
        """Look now and then whether the certificate was renewed."""
        if self._certificate is not None and counter % _LOOK_AT_CERTIFICATE == 0:
            self._certificate.renew()
        return await super().on_tick(counter)

    def _read_anew(self) -> None:
        if self._certificate is None:
            _log.info("nothing is read anew: there is no certificate of one's own")
        else:
            self._certificate.renew(anyway=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what would go on for ever, then stop to listen."""
        self._on_stopping()
        await super().shutdown(sockets=sockets)


def serve(app: FastAPI, host: str, port: int, token: str | None = None, certificate: Certificate | None = None) -> None:
    """Serve until stopped by a signal, and with `token` also when standard input ends: the panel is gone then.

    With a `certificate` over TLS alone; it is read anew when its file changes, and at once on SIGHUP. Prints one line
    of JSON once it listens: `{"url": …, "token": …, "version": …}`, without token for a site.
    """
    listener = _listen(host, port)
    bound_host, bound_port = listener.getsockname()[:2]
    shown_host = f"[{bound_host}]" if ":" in bound_host else bound_host
    scheme = "http" if certificate is None else "https"
    hello = {"url": f"{scheme}://{shown_host}:{bound_port}", "version": __version__}
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
            http=telling(app.state.refused),
            ws="none",
            # Whose word on who asks counts is said by the application's own layer.
            proxy_headers=False,
            ssl_context_factory=None if certificate is None else partial(_context, certificate),
            # Longer than the usual proxy's 60 s: the side that asks closes, never this one under a request.
            timeout_keep_alive=75,
            timeout_graceful_shutdown=3,
        ),
        on_listening=partial(_say, json.dumps(hello)),
        on_stopping=app.state.end_streams,
        certificate=certificate,
    )
    if certificate is not None:
        app.state.figures.watch_certificate(lambda: certificate.ends_at)
    if token is not None:
        threading.Thread(target=_stop_at_end_of_input, args=(server,), name="stdin", daemon=True).start()
    # What is there now stays: to look through it for garbage again and again would hold answers up.
    gc.freeze()
    server.run(sockets=[listener])


def _context(certificate: Certificate, _config: uvicorn.Config, _usual: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    return certificate.context


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
