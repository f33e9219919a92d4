"""`recover`: take in what workstations have sealed to the site and cannot send any more."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Final

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import (
    EXIT_BROKEN,
    EXIT_OK,
    Commands,
    add_by,
    add_data,
    agent_id,
    existing_store,
    reason,
    say,
    table,
)
from nba_desktop.backend.contacts.effects import Effects
from nba_desktop.backend.contacts.events import EventService
from nba_desktop.backend.decisions.learner import Learner
from nba_desktop.backend.decisions.teaching import learn_or_say
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.recovery.sealed_files import Found, read_sealed
from nba_desktop.backend.recovery.service import GOOD, Became, Recovered, RecoveryService
from nba_desktop.backend.recovery.site_key import kid_of, read_site_key

_COLUMNS: Final[tuple[Became, ...]] = ("accepted", "duplicate", "refused", "unreadable", "no_key", "nobody")


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "recover",
        help="take in what workstations have sealed and cannot send",
        description="Opens files of sealed entries, whose names end with .sealed, with the site's private key and "
        "takes in what is not there yet, each entry under the agent whose it is. Taken in once more, nothing changes. "
        "Whoever has the public key can seal entries: take files from workstations only, and say why.",
    )
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a file of sealed entries")
    add_data(parser)
    add_by(parser)
    parser.add_argument(
        "--key",
        type=Path,
        action="append",
        required=True,
        metavar="PRIVATE.jwk",
        help="the private key; may be repeated",
    )
    parser.add_argument("--reason", type=reason, required=True, metavar="TEXT", help="why; it is kept")
    parser.add_argument(
        "--agent", type=agent_id, metavar="ID", help="whose the entries are that do not say it themselves"
    )
    parser.set_defaults(run=_recover)


def _recover(args: argparse.Namespace) -> int:
    keys = [read_site_key(path) for path in args.key]
    found: list[Found] = [one for path in args.files for one in read_sealed(path, keys)]
    catalogues = LiveCatalogues()
    with existing_store(args) as store:
        learn = partial(learn_or_say, Learner(store, catalogues.of_version, now_utc))
        events = EventService(store, Effects(catalogues, learn), now_utc)
        recovered = RecoveryService(store, events, now_utc).recover(args.by, args.reason, found, args.agent or "")
    _tell(recovered)
    wanted = sorted({one.wants for one in found if one.wants})
    if wanted:
        given = ", ".join(kid_of(key) for key in keys)
        say(f"what is counted as no_key was sealed to another key: {', '.join(wanted)}; given: {given}")
    return EXIT_OK if recovered.is_complete else EXIT_BROKEN


def _tell(recovered: Recovered) -> None:
    if not recovered.entries:
        say("there is nothing in it: everything that was sealed was sent")
        return
    rows = [
        (agent or "-", *(str(counts[one]) for one in _COLUMNS)) for agent, counts in sorted(recovered.by_agent.items())
    ]
    say(table([("agent", *_COLUMNS), *rows]))
    for entry in recovered.entries:
        if entry.became not in GOOD:
            say(f"{entry.event_id}  {entry.became}{f': {entry.why}' if entry.why else ''}")
    if any("nobody" in counts for counts in recovered.by_agent.values()):
        say("name with --agent whose the entries are that nobody is known for")
