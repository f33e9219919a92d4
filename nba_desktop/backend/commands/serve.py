"""`serve`: answer panels until stopped."""

from __future__ import annotations

import argparse
import logging
import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from nba_desktop.backend.app import open_app
from nba_desktop.backend.commands.common import EXIT_OK, Commands, add_data, agent_id, backend_config
from nba_desktop.backend.commands.samples import load
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.edge.certificate import Certificate
from nba_desktop.backend.edge.log_lines import LogFormat, end_log, keep_log
from nba_desktop.backend.edge.rates import MACHINE_TIMES
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.networks import NO_NETWORKS, Networks, check_exposed, read_networks
from nba_desktop.backend.one_server import only_server
from nba_desktop.backend.opening import begins_anew, now_utc
from nba_desktop.backend.serve import serve
from nba_desktop.backend.sign_in.entries import SignInEntry
from nba_desktop.backend.sign_in.reading import read_sign_in
from nba_desktop.backend.store.postgresql import shown
from nba_desktop.backend.tokens import new_token
from nba_desktop.contract.handshake import is_version

_log = logging.getLogger(__name__)

_LOOPBACK: Final = "127.0.0.1"
_PREDECESSOR_ENDS_S: Final = 8.0
"""How long a panel's backend that lost its panel may take to end, when the next panel is there already."""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser("serve", help="serve panels")
    add_data(parser)
    parser.add_argument(
        "--catalogue",
        type=Path,
        help="catalogue file or folder to start a new backend with (default: the sample's); "
        "later the versions in the store decide",
    )
    parser.add_argument(
        "--providers",
        type=Path,
        metavar="FILE",
        help="the systems that are asked during a call, such as resources/sample/providers.yaml (default: none)",
    )
    parser.add_argument(
        "--sign-in",
        type=Path,
        metavar="FILE",
        help="the identity provider whose tokens count beside those that are made here, such as "
        "resources/sample/sign_in.yaml (default: none)",
    )
    parser.add_argument("--host", default=_LOOPBACK, help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=8765, help="port to listen on (default: %(default)s)")
    parser.add_argument(
        "--embedded",
        action="store_true",
        help="serve one panel: loopback, any free port, a token made now; stops when standard input ends",
    )
    parser.add_argument(
        "--beside",
        action="store_true",
        help="with --embedded: also where another backend serves the folder, for a window that looks on",
    )
    parser.add_argument("--agent", type=agent_id, default="panel", help="whose panel it is, with --embedded")
    parser.add_argument("--samples", action="store_true", help="load the sample customers if there are none")
    parser.add_argument(
        "--least-panel",
        type=_version,
        metavar="VERSION",
        help="answer panels of this version or newer only; what older ones recorded is taken all the same",
    )
    _add_encryption(parser)
    _add_watching(parser)
    parser.set_defaults(run=_serve)


def _add_encryption(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("encryption", "needed wherever others than this machine can ask")
    group.add_argument(
        "--tls-certificate",
        type=Path,
        metavar="FILE",
        help="the server's certificate and those between it and its authority, as PEM; read anew when it changes",
    )
    group.add_argument("--tls-key", type=Path, metavar="FILE", help="its key, as PEM, which not everybody may read")
    group.add_argument("--tls-key-password-file", type=Path, metavar="FILE", help="the file with the key's password")
    group.add_argument(
        "--behind-proxy",
        type=_networks,
        default=NO_NETWORKS,
        metavar="ADDRESSES",
        help="addresses or networks, between commas, of the servers with TLS in front: their X-Forwarded-For and "
        "-Proto count, and who comes past them is refused; they must not pass on what came without TLS",
    )
    group.add_argument(
        "--plain-http",
        action="store_true",
        help="answer everybody without encryption, in a network that encrypts by itself",
    )


def _add_watching(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("watching and limits")
    group.add_argument(
        "--log-format", type=LogFormat, choices=list(LogFormat), help="how a line of the log looks (default: json)"
    )
    group.add_argument(
        "--log-level",
        choices=("debug", "info", "warning", "error"),
        help="what is logged; info has a line for each request (default: info)",
    )
    group.add_argument(
        "--otlp-endpoint", type=_url, metavar="URL", help="a receiver of traces by OTLP, such as http://localhost:4318"
    )
    group.add_argument(
        "--requests-per-s",
        type=_rate,
        default=50,
        metavar="N",
        help="what one caller may send in a second, other systems "
        f"{MACHINE_TIMES} times as much (default: %(default)s)",
    )


def _serve(args: argparse.Namespace) -> int:
    token = new_token() if args.embedded else None
    certificate = _certificate(args)
    if args.beside and not args.embedded:
        raise ConfigurationError("--beside is for --embedded: a folder has one server")
    if not args.embedded:
        check_exposed(args.host, certificate is not None, args.behind_proxy, args.plain_http)
    config = replace(
        backend_config(args),
        catalogue=args.catalogue,
        providers=args.providers,
        sign_in=_sign_in(args),
        embedded_token=token,
        embedded_agent=args.agent,
        least_panel=args.least_panel,
        proxies=args.behind_proxy,
        requests_per_s=args.requests_per_s,
        otlp_endpoint=args.otlp_endpoint,
    )
    log = _log_kept(args)
    try:
        with _alone(config, beside=args.beside):
            # A folder that is not mounted looks like a new one. A panel's own backend begins one as a matter of course.
            anew = not args.embedded and begins_anew(config)
            with open_app(config) as app:
                if anew:
                    where = config.data.absolute() if config.database is None else shown(config.database)
                    _log.warning("a new database was begun in %s", where)
                if args.samples:
                    load(args)
                host, port = (_LOOPBACK, 0) if args.embedded else (args.host, args.port)
                serve(app, host, port, token, certificate)
    finally:
        end_log(log)
    return EXIT_OK


def _alone(config: BackendConfig, *, beside: bool) -> AbstractContextManager[None]:
    # A database on a server is made for several.
    if beside or config.database is not None:
        return nullcontext()
    return only_server(config.data, _PREDECESSOR_ENDS_S if config.embedded_token is not None else 0.0)


def _log_kept(args: argparse.Namespace) -> logging.Handler:
    # A panel shows the last words of its own backend to people.
    form = LogFormat.TEXT if args.embedded else LogFormat.JSON
    level = "warning" if args.embedded else "info"
    return keep_log(sys.stderr, args.log_format or form, args.log_level or level)


def _sign_in(args: argparse.Namespace) -> SignInEntry | None:
    if args.sign_in is None:
        return None
    if args.embedded:
        raise ConfigurationError("--embedded serves one panel with a token of its own: --sign-in is for a site")
    return read_sign_in(args.sign_in)


def _certificate(args: argparse.Namespace) -> Certificate | None:
    if args.tls_certificate is None and args.tls_key is None:
        if args.tls_key_password_file is not None:
            raise ConfigurationError("--tls-key-password-file is for --tls-key, which is missing")
        return None
    if args.embedded:
        raise ConfigurationError("--embedded serves this machine alone and needs no certificate")
    if args.tls_certificate is None or args.tls_key is None:
        raise ConfigurationError("--tls-certificate and --tls-key belong together; both may name one file")
    return Certificate(args.tls_certificate, args.tls_key, args.tls_key_password_file, now_utc)


def _networks(text: str) -> Networks:
    try:
        return read_networks(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise argparse.ArgumentTypeError("an address begins with http:// or https:// and names a host")
    return text


def _rate(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError("a rate is a number from 1 to 100000")
    return int(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _version(text: str) -> str:
    if not is_version(text):
        raise argparse.ArgumentTypeError("a version is dotted numbers, such as 1.4.2")
    return text
