"""The commands of the program, of which `panel` is the one that is meant when none is named."""

from __future__ import annotations

import argparse
import gc
import getpass
import importlib.util
import os
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from nba_desktop import __version__, paths
from nba_desktop.demo.options import add_options as add_demo_options
from nba_desktop.domain.preferences import THEMES
from nba_desktop.loading import NEW_OBJECTS, load_panel

_USAGE_ERROR = 2
_CANNOT_START = 1
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
_NO_KEYRING = "install and start one, such as GNOME Keyring or KWallet; the panel reads the secret from there"
_PANEL_ALONE = (
    "{what} is not in this installation, which has the panel alone: install the Python package nba-desktop[backend] "
    "and start it there; on a server the Debian package nba-desktop-backend has the backend"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; 2 for input that cannot be used."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    # What a command loads stays. Python would look through it for garbage a thousand times: a tenth of each start.
    gc.set_threshold(NEW_OBJECTS)
    if arguments[:1] == ["backend"]:
        return _backend(arguments[1:])
    if arguments[:1] == ["simulator"] and not _has("nba_desktop.simulator"):
        return _complain(_PANEL_ALONE.format(what="the simulator of telephone systems"))
    if arguments[:2] == ["simulator", "--genesys"]:
        from nba_desktop.simulator import genesys_command

        return genesys_command.run(arguments[2:], scripts=paths.resource("telephony", "genesys"))
    if arguments[:1] == ["simulator"]:
        from nba_desktop.simulator import command

        return command.run(arguments[1:], recordings=paths.resource("telephony", "asterisk"))
    if arguments == ["find-proxy"]:
        # Asked by the panel alone, of a process that may be stopped.
        from nba_desktop.adapters.network import finder

        return finder.run()
    if arguments[:1] == ["doctor"]:
        from nba_desktop.doctor import command as doctor

        return doctor.run(arguments[1:])
    if arguments[:1] == ["settings"]:
        from nba_desktop.doctor import settings_command

        return settings_command.run(arguments[1:])
    if arguments[:1] == ["cti"]:
        from nba_desktop.doctor import cti_replay

        return cti_replay.run(arguments[1:])
    if arguments[:1] == ["call"]:
        # Its arguments come from telephone clients and web pages: no parser but its own may see them.
        return _call(arguments[1:])
    options, unknown = _parser().parse_known_args(arguments or ["panel"])
    if unknown:
        options.refuse(f"unrecognized arguments: {' '.join(unknown)}")
    commands = {"panel": _panel, "practice": _practice, "team": _review, "me": _review, "demo": _demo}
    commands |= {"token": _token, "secret": _secret, "scheme": _scheme}
    return commands[options.command](options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nba-desktop",
        description="The assistant beside a call-centre agent during a live call.",
        epilog="`--help` after `backend`, `simulator`, `doctor`, `settings` or `cti` lists what those take.",
    )
    parser.add_argument("--version", action="version", version=f"nba-desktop {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)

    panel = commands.add_parser("panel", help="start the panel (the default)")
    _panel_options(panel)
    panel.add_argument("--snapshot", metavar="PNG", type=Path, help="paint the first full view into PNG and quit")

    practice = commands.add_parser("practice", help="practise with made-up calls; nothing is recorded")
    _look_options(practice)

    _panel_options(commands.add_parser("team", help="review a team's recommendations with its lead"))
    _panel_options(commands.add_parser("me", help="review one's own recommendations, and see who looked at them"))

    commands.add_parser("call", help="hand a call to the running panel, for softphones that start a program")

    demo = commands.add_parser("demo", help="play calls of a simulated telephone system to sample customers")
    add_demo_options(demo)

    token = commands.add_parser("token", help="keep a site's token in this user's keyring")
    token.add_argument("action", choices=["set", "delete", "check"])
    token.add_argument("--backend", metavar="URL", required=True, help="the backend the token is for")

    secret = commands.add_parser("secret", help="keep a telephone system's or proxy's secret in this user's keyring")
    secret.add_argument("action", choices=["set", "delete", "check"])
    secret.add_argument("name", nargs="?", help="telephony.secret_name of the settings, if not given")
    secret.add_argument("--settings", type=Path, help="another settings file")

    scheme = commands.add_parser("scheme", help="open nba-desktop: addresses of softphones with this program")
    scheme.add_argument("action", choices=["register", "unregister", "check"])

    # These read what follows themselves, before this parser does: here they are only named.
    commands.add_parser("backend", help="the site's backend and what its administrator does")
    commands.add_parser("doctor", help="test everything the panel needs, and tell what became of a call")
    commands.add_parser("settings", help="what each setting is, and who has set it")
    commands.add_parser("simulator", help="a simulated telephone system")
    commands.add_parser("cti", help="play recorded telephone events through the panel's rules")
    for one in commands.choices.values():
        # With the usage of the command that was meant, not of all of them.
        one.set_defaults(refuse=one.error)
    return parser


def _panel_options(parser: argparse.ArgumentParser) -> None:
    _look_options(parser)
    parser.add_argument("--data", type=Path, help="another folder for the outbox and the embedded backend")
    parser.add_argument("--backend", metavar="URL", help="a site's backend instead of the one in the settings")
    parser.add_argument(
        "--token-stdin", action="store_true", help="read the token from standard input, not the keyring"
    )


def _look_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--settings", type=Path, help="another settings file")
    parser.add_argument("--language", choices=["de", "en"])
    parser.add_argument("--theme", choices=THEMES)


def _unusable(options: argparse.Namespace) -> str:
    """Why a window cannot be opened as it was asked for; empty when it can.

    What a file or a policy says wrongly is said in the window instead: it must not keep an agent from his calls.
    """
    from nba_desktop.adapters.backend_url import checked_url
    from nba_desktop.domain.errors import SettingsError

    file: Path | None = options.settings
    if file is not None and not file.is_file():
        return f"--settings: there is no file {file}; without the option it is {paths.config_dir() / 'settings.json'}"
    backend: str | None = getattr(options, "backend", None)
    if backend is not None:
        try:
            checked_url(backend)
        except SettingsError as error:
            return f"--backend: {error.problem}"
    if _lacks_display():
        return (
            "there is no screen to show it on: neither DISPLAY nor WAYLAND_DISPLAY is set; start it from the desktop, "
            "or with QT_QPA_PLATFORM=offscreen where nobody is to see it"
        )
    return ""


def _lacks_display() -> bool:
    """Whether Qt would end the program for want of a screen."""
    if sys.platform in ("win32", "darwin"):
        return False
    return not any(os.environ.get(name) for name in ("QT_QPA_PLATFORM", *_SCREENS))


def _has_words() -> bool:
    """Whether the translations are compiled; if not, say what compiles them."""
    missing = [name for name in ("nba_de.qm", "nba_en.qm") if not paths.translation(name).is_file()]
    if missing:
        print(
            f"nba-desktop: the panel's words are not compiled yet ({', '.join(missing)}): "
            "run `make translations`, or `make demo`, which does it too",
            file=sys.stderr,
        )
    return not missing


def _panel(options: argparse.Namespace, first_call: str | None = None) -> int:
    if unusable := _unusable(options):
        return _complain(unusable)
    if not _has_words():
        return _CANNOT_START
    load_panel()
    from nba_desktop.adapters.policy import machine_policy
    from nba_desktop.app import Launch
    from nba_desktop.runner import run_panel

    token = sys.stdin.readline().strip() if options.token_stdin else None
    if options.token_stdin and not token:
        return _complain("no token came on standard input")
    return run_panel(
        Launch(
            policy=machine_policy(),
            settings_file=options.settings,
            data_dir=options.data or paths.data_dir(),
            language=options.language,
            theme=options.theme,
            backend_url=options.backend,
            token=token,
            first_call=first_call,
            first_tour=options.snapshot is None,
        ),
        snapshot=options.snapshot,
    )


def _practice(options: argparse.Namespace) -> int:
    if unusable := _unusable(options):
        return _complain(unusable)
    if not _has_words():
        return _CANNOT_START
    load_panel()
    from nba_desktop.adapters.policy import machine_policy
    from nba_desktop.practice import command

    return command.run(options.settings, options.language, options.theme, machine_policy())


def _review(options: argparse.Namespace) -> int:
    if unusable := _unusable(options):
        return _complain(unusable)
    if not _has_words():
        return _CANNOT_START
    load_panel()
    from nba_desktop.adapters.policy import machine_policy
    from nba_desktop.team import command

    token = sys.stdin.readline().strip() if options.token_stdin else None
    if options.token_stdin and not token:
        return _complain("no token came on standard input")
    return command.run(
        own=options.command == "me",
        settings_file=options.settings,
        data_dir=options.data,
        url=options.backend,
        token=token,
        language=options.language,
        theme=options.theme,
        policy=machine_policy(),
    )


def _call(arguments: list[str]) -> int:
    from nba_desktop.adapters.cti.call_arguments import call_url_of
    from nba_desktop.adapters.cti.call_url import unfilled
    from nba_desktop.adapters.scheme.customer_url import names_customer
    from nba_desktop.domain.call_event import CallEventType
    from nba_desktop.domain.errors import CallUrlError
    from nba_desktop.handing_over import PATIENT, check_call, hand_over

    try:
        url = call_url_of(arguments)
        if names_customer(url):
            return _customer(url)
        event = check_call(url)
    except CallUrlError as error:
        return _complain(
            f"{error}; expected nba-desktop:call?number=…&id=…&state=ringing, or --number N --state ringing"
        )
    if names := unfilled(url):
        _complain(f"the telephone client did not fill in its placeholder for {', '.join(names)}: it is left out")
    if event.type is CallEventType.ENDED:
        # Without a panel there is nothing that could end.
        hand_over(url, PATIENT)
        return 0
    if hand_over(url):
        return 0
    # No panel runs yet: this one becomes it, so that the first call of the day is not lost.
    return _panel(_parser().parse_args(["panel"]), first_call=url)


def _customer(url: str) -> int:
    """A CRM opens the panel for one of its customers."""
    from nba_desktop.adapters.scheme.customer_url import parse_customer_url
    from nba_desktop.domain.errors import CallUrlError
    from nba_desktop.handing_over import hand_over

    try:
        parse_customer_url(url)
    except CallUrlError as error:
        return _complain(f"{error}; expected nba-desktop:customer?customer_no=…")
    return 0 if hand_over(url) else _panel(_parser().parse_args(["panel"]), first_call=url)


def _demo(options: argparse.Namespace) -> int:
    from nba_desktop.demo.options import run

    if not (_has("nba_desktop.demo.command") and _has("nba_desktop.simulator")):
        return _complain(_PANEL_ALONE.format(what="the demonstration"))
    headless = options.headless or not _has_display()
    if not headless and not _has_words():
        return _CANNOT_START
    load_panel()
    return run(options, headless=headless)


def _has_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in _SCREENS)


def _token(options: argparse.Namespace) -> int:
    from nba_desktop.adapters import secrets
    from nba_desktop.adapters.backend_url import checked_url
    from nba_desktop.domain.errors import SecretsError, SettingsError

    try:
        if options.action == "set":
            checked_url(options.backend)
            token = _typed_secret("Token (not shown): ").strip()
            if not token:
                return _complain("no token came on standard input")
            secrets.store_token(options.backend, token)
        elif options.action == "delete":
            secrets.delete_token(options.backend)
        else:
            secrets.read_token(options.backend)
    except SettingsError as error:
        return _complain(f"--backend: {error.problem}")
    except SecretsError as error:
        return _complain(str(error))
    print("done" if options.action != "check" else "a token is in the keyring")
    return 0


def _secret(options: argparse.Namespace) -> int:
    from nba_desktop.adapters.policy import machine_policy
    from nba_desktop.adapters.secrets import Secrets
    from nba_desktop.adapters.settings_loading import load_in_force
    from nba_desktop.domain.errors import FailureCode, SecretsError, SettingsError

    try:
        name = options.name
        if name is None:
            loaded = load_in_force(options.settings or paths.config_dir() / "settings.json", machine_policy())
            if loaded.error is not None:
                raise loaded.error
            name = loaded.settings.telephony.secret_name
        if options.action == "set":
            secret = _typed_secret("Secret (not shown): ")
            if not secret:
                return _complain("no secret came on standard input")
            replaced = _is_kept(name)
            Secrets().store(name, secret)
            print(f"{'replaced' if replaced else 'stored'}: {name}")
            return 0
        if options.action == "delete":
            Secrets().delete(name)
        else:
            Secrets().read(name)
    except (SecretsError, SettingsError) as error:
        way_out = f" ({_NO_KEYRING})" if error.code is FailureCode.KEYRING_MISSING else ""
        return _complain(f"{error}{way_out}")
    except UnicodeDecodeError:
        return _complain("what came on standard input is not text")
    print(f"{'deleted' if options.action == 'delete' else 'a secret is in the keyring'}: {name}")
    return 0


def _is_kept(name: str) -> bool:
    from nba_desktop.adapters.secrets import Secrets
    from nba_desktop.domain.errors import FailureCode, SecretsError

    try:
        Secrets().read(name)
    except SecretsError as error:
        if error.code is FailureCode.KEYRING_NO_TOKEN:
            return False
        raise
    return True


def _typed_secret(prompt: str) -> str:
    """One line of standard input, which is shown to nobody."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    with warnings.catch_warnings():
        # Python would rather read the secret visibly than not at all.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except (EOFError, KeyboardInterrupt, getpass.GetPassWarning):
            return ""


def _scheme(options: argparse.Namespace) -> int:
    from nba_desktop.adapters.scheme import url_scheme
    from nba_desktop.domain.errors import SettingsError

    try:
        if options.action == "register":
            url_scheme.register(url_scheme.program_command())
        elif options.action == "unregister":
            url_scheme.unregister()
            print("done")
            return 0
        state = url_scheme.check_scheme()
    except SettingsError as error:
        return _complain(str(error))
    if not state.ok:
        print(f"nba-desktop: {state.says} → {state.way_out}", file=sys.stderr)
        return 1
    print(state.says)
    return 0


def _backend(arguments: list[str]) -> int:
    if not _has("nba_desktop.backend"):
        return _complain(_PANEL_ALONE.format(what="the backend"))
    missing = [name for name in ("fastapi", "sqlalchemy", "uvicorn") if not _has(name)]
    if missing:
        return _complain(
            f"the backend needs {', '.join(missing)}, which this installation does not have: "
            "install nba-desktop[backend], or connect the panel to a site's backend with --backend URL"
        )
    from nba_desktop.backend import cli as backend_cli

    return backend_cli.main(arguments, resources=paths.resource())


def _has(module: str) -> bool:
    """Whether this installation has a module; nothing but its package is loaded."""
    return importlib.util.find_spec(module) is not None


def _complain(message: str) -> int:
    print(f"nba-desktop: {message}", file=sys.stderr)
    return _USAGE_ERROR
