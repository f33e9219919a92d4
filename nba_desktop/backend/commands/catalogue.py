"""`catalogue`: versions from the draft to the roll-back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from nba_desktop.backend.catalogues.content import CatalogueFiles, files_at
from nba_desktop.backend.catalogues.diff import as_text, differences
from nba_desktop.backend.catalogues.lifecycle import Lives
from nba_desktop.backend.catalogues.versions import ListedVersion, VersionService, persona_line
from nba_desktop.backend.commands import catalogue_try
from nba_desktop.backend.commands.common import (
    EXIT_BROKEN,
    EXIT_OK,
    Commands,
    add_by,
    add_data,
    complain,
    database_option,
    existing_store,
    family,
    has_database,
    remark,
    say,
    table,
)
from nba_desktop.backend.commands.named_catalogue import named_catalogue
from nba_desktop.backend.decisioning.attributes import RegisterRow, describe_register
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.loader import load_catalogue_files
from nba_desktop.backend.decisioning.personas import PersonaResult, run_personas
from nba_desktop.backend.decisioning.vocabulary import BUILT_IN
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.opening import now_utc

_VERSION_HELP = "the beginning of a version's name, or `live`"


def add(commands: Commands) -> None:
    """Declare the commands."""
    catalogue = family(commands, "catalogue", "the catalogue and its versions")

    checking = catalogue.add_parser("check", help="say every mistake of a catalogue, with file and line; run personas")
    checking.add_argument("file", type=Path, help="catalogue file or folder")
    checking.set_defaults(run=_check)

    listing_words = catalogue.add_parser("attributes", help="list what conditions and sentences may ask")
    listing_words.add_argument("file", type=Path, nargs="?", help="also what this catalogue declares, file or folder")
    listing_words.set_defaults(run=_attributes)
    catalogue_try.add(catalogue)

    submitting = catalogue.add_parser("submit", help="keep a catalogue as a draft that a second person can approve")
    submitting.add_argument("file", type=Path, help="catalogue file or folder")
    _add_step(submitting, "--note", "what changed, and why")
    submitting.set_defaults(run=_submit)

    listing = catalogue.add_parser("list", help="list the versions with their states")
    add_data(listing)
    listing.set_defaults(run=_list)

    showing = catalogue.add_parser("show", help="show a version and its steps, or write its files")
    showing.add_argument("version", help=_VERSION_HELP)
    add_data(showing)
    showing.add_argument("--out", type=Path, metavar="DIR", help="write the version's files into this folder")
    showing.set_defaults(run=_show)

    comparing = catalogue.add_parser("diff", help="say field by field what differs between two catalogues")
    comparing.add_argument("old", metavar="A", help=f"{_VERSION_HELP}, or a file or folder")
    comparing.add_argument("new", metavar="B", help="the same")
    add_data(comparing, required=False)
    comparing.set_defaults(run=_diff)

    approving = catalogue.add_parser("approve", help="approve a draft of someone else's, if its personas pass")
    approving.add_argument("version", help=_VERSION_HELP)
    _add_step(approving, "--note", "what was looked at")
    approving.set_defaults(run=_approve)

    activating = catalogue.add_parser("activate", help="make an approved version live, at once or for a share")
    activating.add_argument("version", help=_VERSION_HELP)
    activating.add_argument("--ramp", type=_percent, metavar="PERCENT", help="only for this share of the customers")
    _add_step(activating, "--note", "why now")
    activating.set_defaults(run=_activate)

    shadowing = catalogue.add_parser("shadow", help="let a version decide beside the live one, recorded, not shown")
    shadowing.add_argument("version", help=_VERSION_HELP)
    shadowing.add_argument("--stop", action="store_true", help="stop it")
    add_data(shadowing)
    add_by(shadowing)
    shadowing.set_defaults(run=_shadow)

    going_back = catalogue.add_parser("rollback", help="end the ramp, or go back to the version that was live before")
    going_back.add_argument("version", nargs="?", help="only this version, in case somebody was faster")
    _add_step(going_back, "--reason", "why")
    going_back.set_defaults(run=_roll_back)

    retiring = catalogue.add_parser("retire", help="put a draft or an approved version aside")
    retiring.add_argument("version", help=_VERSION_HELP)
    _add_step(retiring, "--reason", "why")
    retiring.set_defaults(run=_retire)


def _add_step(parser: argparse.ArgumentParser, remark_option: str, remark_help: str) -> None:
    add_data(parser)
    add_by(parser)
    parser.add_argument(remark_option, type=remark, dest="note", default="", metavar="TEXT", help=remark_help)


def _percent(text: str) -> int:
    number = text.removesuffix("%").strip()
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= 100:
        raise argparse.ArgumentTypeError("a share is a whole number of percent from 1 to 100")
    return int(number)


def _check(args: argparse.Namespace) -> int:
    catalogue = load_catalogue_files(files_at(args.file))
    results = tuple(run_personas(catalogue))
    _say_personas(results)
    if not all(one.passed for one in results):
        complain("personas do not see what they must: a version like this is not approved")
        return EXIT_BROKEN
    entry = catalogue.entry
    say(
        f"the catalogue is good: {len(entry.groups)} groups, {len(catalogue.actions)} actions, "
        f"{len(entry.personas)} personas, version {catalogue.version}"
    )
    return EXIT_OK


def _attributes(args: argparse.Namespace) -> int:
    vocabulary = BUILT_IN if args.file is None else load_catalogue_files(files_at(args.file)).vocabulary
    heads = ("ATTRIBUTE", "TYPE", "SOURCE", "MAY BE USED FOR", "DAYS FRESH", "LEARNT FROM", "WHAT IT IS")
    say(table([heads, *(_register_row(one) for one in describe_register(vocabulary.attributes))]))
    if args.file is not None:
        types = vocabulary.touchpoint_types.values()
        rows = [(one.code, ", ".join(one.channels), ", ".join(one.params) or "–") for one in types]
        say(f"\n{table([('TOUCHPOINT TYPE', 'CHANNELS', 'PARAMS'), *rows])}")
        say(f"\nkinds of contract: {', '.join(sorted(vocabulary.contract_kinds)) or 'none'}")
    return EXIT_OK


def _register_row(one: RegisterRow) -> tuple[str, ...]:
    choices = f": {', '.join(one.choices)}" if one.choices else ""
    unit = f" ({one.unit})" if one.unit else ""
    return (
        one.name,
        f"{one.type}{unit}",
        one.source,
        one.basis,
        "–" if one.freshness_days is None else str(one.freshness_days),
        "yes" if one.feature else "no",
        f"{one.description}{choices}",
    )


def _submit(args: argparse.Namespace) -> int:
    files = files_at(args.file)
    with existing_store(args) as store:
        version = VersionService(store, now_utc).submit(files, args.by, args.note)
    say(version)
    complain(
        "A second person approves it now: "
        f"{' '.join(('nba-desktop backend catalogue approve', version, database_option(args)))} --by NAME"
    )
    return EXIT_OK


def _list(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        listed = VersionService(store, now_utc).versions()
    if not listed:
        say("there is no version yet: the first start of the backend takes one in, or submit one")
        return EXIT_OK
    heads = ("VERSION", "STATE", "SINCE (UTC)", "SUBMITTED", "APPROVED", "NOTE")
    say(table([heads, *(_row(one) for one in listed)]))
    return EXIT_OK


def _row(one: ListedVersion) -> tuple[str, ...]:
    life = one.life
    approved = "–" if life.approved_at is None else f"{life.approved_at:%Y-%m-%d} {life.approved_by}"
    submitted = f"{life.submitted_at:%Y-%m-%d} {life.submitted_by}"
    note = next((step.note for step in reversed(one.steps) if step.note), "")
    return (life.version, one.state, f"{life.since:%Y-%m-%d %H:%M}", submitted, approved, note)


def _show(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        service = VersionService(store, now_utc)
        version, files = service.stored(args.version)
        (listed,) = (one for one in service.versions() if one.life.version == version)
    if args.out is not None:
        _write(files, args.out)
        say(f"version {version}: {len(files)} files written into {args.out}")
        return EXIT_OK
    say(f"version {version}: {listed.state}")
    say(table([("FILE", "LINES"), *((name, str(text.count("\n"))) for name, text in sorted(files.items()))]))
    rows = [
        (
            f"{one.at:%Y-%m-%d %H:%M}",
            one.step.replace("_", " ") + (f" to {one.percent} %" if one.percent is not None else ""),
            one.actor,
            one.note,
        )
        for one in listed.steps
    ]
    say(table([("AT (UTC)", "STEP", "BY", "NOTE"), *rows]))
    return EXIT_OK


def _write(files: CatalogueFiles, folder: Path) -> None:
    """Write each file as it was submitted, lines ended with LF; what is there already is not overwritten."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            with (folder / name).open("xb") as file:
                file.write(text.encode("utf-8"))
    except FileExistsError as error:
        raise ConfigurationError(f"{error.filename} is there already: name an empty folder with --out") from error
    except OSError as error:
        raise ConfigurationError(f"the folder {folder} cannot be written: {error.strerror}") from error


def _diff(args: argparse.Namespace) -> int:
    changes = differences(*(_either(text, args).entry for text in (args.old, args.new)))
    if changes:
        say(as_text(changes))
        added, removed, changed = (sum(one.what == what for one in changes) for what in ("added", "removed", "changed"))
        say(f"{added} added, {removed} removed, {changed} changed")
    else:
        say("nothing differs")
    return EXIT_OK


def _either(name: str, args: argparse.Namespace) -> Catalogue:
    """A catalogue that is named by its version or by where it is; a file needs no database."""
    if not has_database(args) or Path(name).exists():
        return named_catalogue(name, None)
    with existing_store(args) as store:
        return named_catalogue(name, store)


def _approve(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        service = VersionService(store, now_utc)
        version, results = service.approve(args.version, args.by, args.note)
    _say_personas(results)
    say(f"version {version} is approved")
    complain(f"It decides once it is activated: catalogue activate {version} --by NAME")
    return EXIT_OK


def _activate(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        lives = VersionService(store, now_utc).activate(args.version, args.by, args.ramp, args.note)
    _say_in_force(lives)
    return EXIT_OK


def _shadow(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        lives = VersionService(store, now_utc).shadow(args.version, args.by, args.stop)
    say("in shadow: " + (", ".join(lives.shadows) or "none"))
    return EXIT_OK


def _roll_back(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        version, lives = VersionService(store, now_utc).roll_back(args.by, args.note, args.version)
    say(f"version {version} no longer decides")
    _say_in_force(lives)
    return EXIT_OK


def _retire(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        version = VersionService(store, now_utc).retire(args.version, args.by, args.note)
    say(f"version {version} is retired")
    return EXIT_OK


def _say_in_force(lives: Lives) -> None:
    say(f"live: {lives.live}")
    if lives.ramp is not None:
        say(f"ramp: {lives.ramp.version} for {lives.ramp.percent} % of the customers")


def _say_personas(results: Sequence[PersonaResult]) -> None:
    for one in results:
        say(persona_line(one))
    if not results:
        complain("the catalogue has no personas: nothing shows what its customers see")
