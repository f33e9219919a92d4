"""The commands: `panel`, `call`, `demo`, `backend …`, `simulator`, `token`, `doctor …`, `cti …`."""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from nba_desktop import __version__, paths

_USAGE_ERROR = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; 2 for input that cannot be used."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["backend"]:
        return _backend(arguments[1:])
    if arguments[:1] == ["simulator"]:
        from nba_desktop.simulator import command

        return command.run(arguments[1:], recordings=paths.resource("telephony", "asterisk"))
    if arguments[:1] == ["doctor"]:
        from nba_desktop.doctor import command as doctor

        return doctor.run(arguments[1:])
    if arguments[:1] == ["cti"]:
        from nba_desktop.doctor import cti_replay

        return cti_replay.run(arguments[1:])
    options = _parser().parse_args(arguments or ["panel"])
    run = {"panel": _panel, "call": _call, "demo": _demo, "token": _token}[options.command]
    return run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nba-desktop",
        description="The assistant beside a call-centre agent during a live call.",
        epilog="`--help` after `backend`, `simulator`, `doctor` or `cti` lists the commands of those programs.",
    )
    parser.add_argument("--version", action="version", version=f"nba-desktop {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)

    panel = commands.add_parser("panel", help="start the panel (the default)")
    _panel_options(panel)
    panel.add_argument("--backend", metavar="URL", help="a site's backend instead of the one in the settings")
    panel.add_argument("--token-stdin", action="store_true", help="read the token from standard input, not the keyring")
    panel.add_argument("--snapshot", metavar="PNG", type=Path, help="paint the first full view into PNG and quit")

    call = commands.add_parser("call", help="hand a call to the running panel, for softphones that start a program")
    call.add_argument("url", help="nba-desktop:call?number=…&id=…&state=ringing")

    demo = commands.add_parser("demo", help="play calls of a simulated telephone system to sample customers")
    demo.add_argument("--headless", action="store_true", help="play one full call without a display and report it")
    demo.add_argument("--out", type=Path, default=Path("demo-out"), help="where --headless writes its pictures")
    demo.add_argument("--theme", choices=["light", "dark"], default="light", help="of the pictures")
    demo.add_argument("--keep", action="store_true", help="keep the demo's database and say where it is")

    token = commands.add_parser("token", help="keep a site's token in this user's keyring")
    token.add_argument("action", choices=["set", "delete", "check"])
    token.add_argument("--backend", metavar="URL", required=True, help="the backend the token is for")
    return parser


def _panel_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--settings", type=Path, help="another settings file")
    parser.add_argument("--data", type=Path, help="another folder for the outbox and the embedded backend")
    parser.add_argument("--language", choices=["de", "en"])
    parser.add_argument("--theme", choices=["light", "dark"])


def _panel(options: argparse.Namespace, first_call: str | None = None) -> int:
    from nba_desktop.app import Launch
    from nba_desktop.runner import run_panel

    token = sys.stdin.readline().strip() if options.token_stdin else None
    if options.token_stdin and not token:
        return _complain("no token came on standard input")
    return run_panel(
        Launch(
            settings_file=options.settings,
            data_dir=options.data or paths.data_dir(),
            language=options.language,
            theme=options.theme,
            backend_url=options.backend,
            token=token,
            first_call=first_call,
        ),
        snapshot=options.snapshot,
    )


def _call(options: argparse.Namespace) -> int:
    from nba_desktop.domain.errors import CallUrlError
    from nba_desktop.runner import check_call, hand_over

    try:
        check_call(options.url)
    except CallUrlError as error:
        return _complain(f"{error}; expected nba-desktop:call?number=…&id=…&state=ringing")
    if hand_over(options.url):
        return 0
    # No panel runs yet: this one becomes it, so that the first call of the day is not lost.
    return _panel(_parser().parse_args(["panel"]), first_call=options.url)


def _demo(options: argparse.Namespace) -> int:
    from nba_desktop.demo.command import run_demo

    headless = options.headless or not _has_display()
    return run_demo(headless, options.out, options.keep, options.theme)


def _has_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _token(options: argparse.Namespace) -> int:
    from nba_desktop.adapters import secrets
    from nba_desktop.domain.errors import SecretsError

    try:
        if options.action == "set":
            token = sys.stdin.readline().strip()
            if not token:
                return _complain("no token came on standard input")
            secrets.store_token(options.backend, token)
        elif options.action == "delete":
            secrets.delete_token(options.backend)
        else:
            secrets.read_token(options.backend)
    except SecretsError as error:
        return _complain(str(error))
    print("done" if options.action != "check" else "a token is in the keyring")
    return 0


def _backend(arguments: list[str]) -> int:
    missing = [name for name in ("fastapi", "sqlalchemy", "uvicorn") if importlib.util.find_spec(name) is None]
    if missing:
        return _complain(
            f"the backend needs {', '.join(missing)}, which this installation does not have: "
            "install nba-desktop[backend], or connect the panel to a site's backend with --backend URL"
        )
    from nba_desktop.backend import cli as backend_cli

    return backend_cli.main(arguments, resources=paths.resource())


def _complain(message: str) -> int:
    print(f"nba-desktop: {message}", file=sys.stderr)
    return _USAGE_ERROR
