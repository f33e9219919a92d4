"""`nba-desktop doctor`: the links of this workstation, and the story of a call, in sentences."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from nba_desktop import paths
from nba_desktop.adapters.files import write_atomically
from nba_desktop.adapters.flight.recorder import FOLDER
from nba_desktop.adapters.flight.ring import Recorded, read_records
from nba_desktop.adapters.policy import machine_policy
from nba_desktop.adapters.secrets import Secrets
from nba_desktop.adapters.settings_loading import load_in_force
from nba_desktop.doctor import checks
from nba_desktop.doctor.bundle import collect, packed
from nba_desktop.doctor.call_replay import ReplayError, export, replay
from nba_desktop.doctor.call_story import Story, shown, stories
from nba_desktop.doctor.checks import Finding
from nba_desktop.doctor.examining import examine
from nba_desktop.doctor.gaps import Outage, clock, losses, moment, outage_sentence, outages
from nba_desktop.doctor.local_store import LocalStore, local_store
from nba_desktop.doctor.redaction import Redactor

_USAGE_ERROR = 2

_Loss = tuple[datetime, str]


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code: 0, 1 when something is wrong, 2 for input that cannot be used."""
    options = _options(argv)
    if options.command == "call":
        return _call(options)
    if options.command == "bundle":
        return _bundle(options)
    if options.command == "replay":
        return _replay(options.file)
    return _examine(options)


def _options(argv: Sequence[str]) -> argparse.Namespace:
    places = argparse.ArgumentParser(add_help=False)
    places.add_argument("--settings", type=Path, default=argparse.SUPPRESS, help="another settings file")
    places.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="another folder of the panel's data")
    parser = argparse.ArgumentParser(
        prog="nba-desktop doctor",
        description="Without a command: test everything the panel needs, one line each; exit code 1 if one fails.",
        parents=[places],
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.add_argument("--token-stdin", action="store_true", help="read the backend's token from standard input")
    parser.add_argument(
        "--secret-stdin", action="store_true", help="read the telephone system's secret from standard input, too"
    )
    commands = parser.add_subparsers(dest="command")
    call = commands.add_parser("call", help="what became of a call, and why it was not shown", parents=[places])
    call.add_argument("which", help="last, list, or a number from the list")
    call.add_argument("--export", metavar="FILE", type=Path, help="write the call, without personal data, to replay it")
    again = commands.add_parser("replay", help="play an exported call through this program's rules", parents=[places])
    again.add_argument("file", type=Path)
    bundle = commands.add_parser(
        "bundle",
        help="write what helps others to help, without anybody's data, to be read before it is sent",
        parents=[places],
    )
    bundle.add_argument("--show", action="store_true", help="print what would be in it, and write nothing")
    bundle.add_argument("--out", metavar="FILE", type=Path, help="where to (default: a new file in this folder)")
    return parser.parse_args(argv)


# ---- the links


def _examine(options: argparse.Namespace) -> int:
    findings = _findings(options)
    ok = all(one.ok for one in findings)
    if options.json:
        found = [{"check": one.check, "ok": one.ok, "says": one.says, "way_out": one.way_out} for one in findings]
        print(json.dumps({"ok": ok, "checks": found}, ensure_ascii=False))
    else:
        for one in findings:
            way_out = f" → {one.way_out}" if one.way_out else ""
            print(f"{one.sign:<7}  {one.check:<11} {one.says}{way_out}")
    return 0 if ok else 1


def _findings(options: argparse.Namespace) -> list[Finding]:
    token = sys.stdin.readline().strip() if options.token_stdin else None
    secret = sys.stdin.readline().strip() if options.secret_stdin else None
    return examine(_settings_file(options), _data_dir(options), token, secret)


# ---- what others may read


def _bundle(options: argparse.Namespace) -> int:
    settings_file, data_dir, now = _settings_file(options), _data_dir(options), datetime.now(UTC)
    out = options.out or Path(f"nba-desktop-diagnostics-{now.astimezone():%Y%m%d-%H%M%S}.zip")
    places = {str(Path.home()): "~", str(data_dir): "(data)", str(settings_file.parent): "(settings)"}
    places |= {str(Path(path).absolute()): name for path, name in places.items()}
    members = collect(
        _findings(options),
        load_in_force(settings_file, machine_policy()).in_force,
        data_dir,
        _store(options),
        checks.environment(),
        Redactor(places),
        now,
    )
    if options.show:
        print("\n".join(f"---- {one.name}\n{one.text}" for one in members), end="")
        return 0
    try:
        write_atomically(out, packed(members))
    except OSError as error:
        return _complain(f"{out} cannot be written ({error.strerror})")
    print(f"Written to {out.absolute()}, for this user alone to read:")
    for one in members:
        print(f"  {one.name:<16} {one.text.count(chr(10)):>4} lines")
    print("Nothing was sent. It is plain text: read it before you pass it on.")
    return 0


# ---- the calls


def _call(options: argparse.Namespace) -> int:
    try:
        store = _store(options)
        recorded = read_records(store.folder / FOLDER, store.key)
    except OSError as error:
        return _complain(f"the flight recorder's files cannot be read ({error.strerror})")
    told, gaps = stories(recorded), outages(recorded.records)
    if recorded.locked:
        print(f"({recorded.locked} file(s) cannot be read: {store.failure or 'they have another key'}.)")
    if recorded.torn:
        print(f"({recorded.torn} torn record(s) were skipped: the program or the machine stopped while writing.)")
    if options.which == "list":
        _list(told, gaps, losses(recorded.records))
        return 0
    story = _chosen(told, options.which)
    if story is None:
        return _no_such_call(recorded, told, gaps, options.which)
    if options.which == "last":
        _tell_since(story, gaps, losses(recorded.records))
    _tell(told.index(story) + 1, story)
    if options.export:
        try:
            export(story, told, recorded, options.export)
        except OSError as error:
            return _complain(f"{options.export} cannot be written ({error.strerror})")
        print(f"Written to {options.export}; `nba-desktop doctor replay {options.export}` plays it again.")
    return 0


def _chosen(told: list[Story], which: str) -> Story | None:
    if which == "last":
        return told[-1] if told else None
    if which.isascii() and which.isdigit() and 0 < int(which) <= len(told):
        return told[int(which) - 1]
    return None


def _list(told: list[Story], gaps: list[Outage], lost: list[_Loss]) -> None:
    rows = [(story.began, f"{n:>4}  {moment(story.began)}  {_title(story)}") for n, story in enumerate(told, start=1)]
    rows += [(gap.since, f"   –  {outage_sentence(gap)}") for gap in gaps]
    rows += [(at, f"   –  {moment(at)}  {sentence}") for at, sentence in lost]
    for _, line in sorted(rows):
        print(line)
    if not rows:
        print("No call has been recorded.")


def _title(story: Story) -> str:
    queue = f", queue {story.queue}" if story.queue else ""
    return f"{shown(story.caller)}{queue}: {story.verdict or 'nothing is known'}"


def _tell_since(story: Story, gaps: list[Outage], lost: list[_Loss]) -> None:
    """What came after the last call may be why the call that is meant is not in the recording."""
    later = [(gap.since, outage_sentence(gap)) for gap in gaps if gap.since > story.ended]
    later += [(at, f"{moment(at)} {sentence}") for at, sentence in lost if at > story.ended]
    for _, sentence in sorted(later):
        print(sentence)


def _tell(number: int, story: Story) -> None:
    queue = f" in the queue “{story.queue}”" if story.queue else ""
    print(f"Call {number}: {shown(story.caller)}{queue}, {moment(story.began)} to {clock(story.ended)}.")
    for sentence in story.sentences:
        print(f"  {sentence}")


def _no_such_call(recorded: Recorded, told: list[Story], gaps: list[Outage], which: str) -> int:
    if told:
        return _complain(f"there is no call {which!r}: say last, list, or a number from 1 to {len(told)}")
    print("No call has been recorded.")
    for gap in gaps:
        print(f"  {outage_sentence(gap)}")
    for at, sentence in losses(recorded.records):
        print(f"  {moment(at)} {sentence}")
    start = next((one for one in reversed(recorded.records) if one["kind"] == "start"), None)
    if start is None:
        print("  The panel has not run with the flight recorder switched on (flight_recorder.enabled in the settings).")
    elif start.get("type") == "none":
        print("  No telephone system is set in the settings: calls come from `nba-desktop call` alone.")
    elif not gaps:
        print("  The telephone system has reported none since the panel started. `nba-desktop doctor` tests the link.")
        if start.get("type") == "asterisk_ami":
            print("  If there were calls, the account most likely lacks read=call in manager.conf.")
    return 1


def _replay(file: Path) -> int:
    try:
        replayed = replay(file)
    except ReplayError as error:
        return _complain(str(error))
    for one in replayed.decisions:
        print(
            json.dumps(
                {"at": one.at.isoformat(), "event": one.event, "verdict": one.verdict, "calls": one.calls},
                ensure_ascii=False,
            )
        )
    print("The same as recorded." if replayed.same else "NOT the same as recorded.", file=sys.stderr)
    return 0 if replayed.same else 1


def _data_dir(options: argparse.Namespace) -> Path:
    return getattr(options, "data", None) or paths.data_dir()


def _store(options: argparse.Namespace) -> LocalStore:
    settings = load_in_force(_settings_file(options), machine_policy()).settings
    return local_store(_data_dir(options), settings, Secrets())


def _settings_file(options: argparse.Namespace) -> Path:
    return getattr(options, "settings", None) or paths.config_dir() / "settings.json"


def _complain(message: str) -> int:
    print(f"nba-desktop: {message}", file=sys.stderr)
    return _USAGE_ERROR
