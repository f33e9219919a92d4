"""`nba-desktop cti replay`: the neutral events of a recorded stream, one JSON object per line."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from nba_desktop.adapters.cti.ami_leg import AgentLine
from nba_desktop.adapters.cti.event_json import event_values
from nba_desktop.adapters.cti.genesys.replay import genesys_events, users_in
from nba_desktop.adapters.cti.genesys.settings import SOURCE as GENESYS
from nba_desktop.adapters.cti.genesys.snapshot import AttributeNames, GenesysTranslator, GenesysUser
from nba_desktop.adapters.cti.hub_events import HUB, HubProblem, call_event_of, read_hub_event
from nba_desktop.adapters.cti.numbers import NumberFormat, NumberSettings
from nba_desktop.adapters.cti.sse import SseParser, SseProblem, SseRetry
from nba_desktop.contract.calls import HubCallEvent
from nba_desktop.doctor.stream import Heard, agent_lines, neutral_events
from nba_desktop.domain.call_event import CallEvent
from nba_desktop.domain.errors import SettingsError

_LARGEST_FILE = 256 * 1024 * 1024
_USAGE_ERROR = 2
# A stream has no times of its own; one instant for all of it makes the answer the same at every run.
_AT = datetime.fromtimestamp(0, UTC)


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code: 0, or 2 for input that cannot be used."""
    options = _options(argv)
    try:
        data = _read(options.file)
        numbers = NumberSettings(NumberFormat(options.number_format), options.region, options.trunk_prefix)
    except OSError as error:
        return _complain(f"{options.file} cannot be read ({error.strerror})")
    except SettingsError as error:
        return _complain(str(error))
    if options.source == HUB:
        return _replay_hub(options.file, data)
    if options.source == GENESYS:
        return _replay_genesys(options, data, numbers)
    return _replay_ami(options, data, numbers)


def _replay_ami(options: argparse.Namespace, data: bytes, numbers: NumberSettings) -> int:
    # An editor may have taken the carriage returns away.
    data = data if b"\r\n" in data else data.replace(b"\n", b"\r\n")
    lines = _lines(options, data)
    if not lines:
        return _complain(
            f"no device of extension {options.agent or '(any)'} is in {options.file}: name it with --interface, such "
            "as --interface PJSIP/agent1"
        )
    for event in neutral_events([Heard(_AT, data)], "asterisk", lines, numbers):
        _print(event)
    return 0


def _replay_hub(file: Path, data: bytes) -> int:
    items = [item for item in SseParser().feed(data) if not isinstance(item, SseRetry)]
    read = [HubProblem(item.code) if isinstance(item, SseProblem) else read_hub_event(item) for item in items]
    problems = Counter(one.code for one in read if isinstance(one, HubProblem))
    events = [one for one in read if isinstance(one, HubCallEvent)]
    if not events:
        return _complain(f"no call event is in {file}: expected what GET /v1/stream of the backend sends")
    for event in events:
        _print(call_event_of(event, _AT, _AT))
    for code, count in sorted(problems.items()):
        print(f"nba-desktop: {count} event(s) were left out: {code}", file=sys.stderr)
    return 0


def _replay_genesys(options: argparse.Namespace, data: bytes, numbers: NumberSettings) -> int:
    users = users_in(data)
    if not users:
        return _complain(
            f"no notification of a user's conversations is in {options.file}: expected a JSON message on each line"
        )
    translators = [
        GenesysTranslator(GENESYS, GenesysUser(user, options.agent), numbers, AttributeNames()) for user in users
    ]
    for event in genesys_events([(_AT, data)], translators):
        _print(event)
    return 0


def _print(event: CallEvent) -> None:
    values = event_values(event)
    del values["occurred_at"], values["received_at"]
    print(json.dumps(values, ensure_ascii=False))


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="nba-desktop cti", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    replay = commands.add_parser("replay", help="print the neutral events of a recorded stream as JSON lines")
    replay.add_argument("file", type=Path, help="the bytes as the telephone system sent them")
    replay.add_argument(
        "--source", choices=["asterisk_ami", HUB, GENESYS], required=True, help="which system's words they are"
    )
    replay.add_argument("--agent", default="", metavar="EXTENSION", help="whose calls; without it, every extension's")
    replay.add_argument(
        "--interface",
        action="append",
        default=[],
        metavar="NAME",
        help="the agent's device, such as PJSIP/agent1; may come several times; without it, the file's own words",
    )
    replay.add_argument("--number-format", choices=[one.value for one in NumberFormat], default="e164")
    replay.add_argument("--region", default="DE", help="two-letter country of the telephone system")
    replay.add_argument("--trunk-prefix", default="", help="digits the telephone system puts before outside numbers")
    return parser.parse_args(argv)


def _lines(options: argparse.Namespace, data: bytes) -> tuple[AgentLine, ...]:
    if options.interface:
        return (AgentLine(options.agent, tuple(options.interface)),)
    return agent_lines(data, options.agent)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LARGEST_FILE)


def _complain(message: str) -> int:
    print(f"nba-desktop: {message}", file=sys.stderr)
    return _USAGE_ERROR
