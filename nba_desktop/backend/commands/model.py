"""`model`: what was learnt, kept whole and brought back."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import EXIT_OK, Commands, add_data, existing_store, family, say, table
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisions.learner import Learner
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.ports.unit import Unit


def add(commands: Commands) -> None:
    """Declare the commands."""
    model = family(commands, "model", "the learnt propensities")
    showing = model.add_parser("show", help="show mode, version, updates and snapshots")
    add_data(showing)
    showing.set_defaults(run=_show)
    keeping = model.add_parser("snapshot", help="keep the model as it is now")
    add_data(keeping)
    keeping.set_defaults(run=_snapshot)
    restoring = model.add_parser("restore", help="go back to a snapshot; what came after it is set aside")
    add_data(restoring)
    restoring.add_argument("snapshot_id", type=int, metavar="ID", help="as `model show` lists it")
    restoring.set_defaults(run=_restore)


@contextmanager
def _opened(args: argparse.Namespace) -> Iterator[tuple[Unit, Learner, Catalogue]]:
    live = LiveCatalogues()
    # The model is only ever read within a transaction that writes: nothing is learnt meanwhile.
    with existing_store(args) as store, store.write() as unit:
        yield unit, Learner(store, live.of_version, now_utc), live.in_force(unit).live


def _show(args: argparse.Namespace) -> int:
    with _opened(args) as (unit, learner, catalogue):
        model = learner.model_for(unit, catalogue)
        updates, _ = unit.learning.head()
        snapshots = unit.learning.snapshots()
        say(f"mode:     {catalogue.entry.learning.mode}, exploration {catalogue.entry.learning.exploration:g}")
        say(f"version:  {model.version}, for catalogue {catalogue.version}")
        say(f"updates:  {updates} in the log")
    if snapshots:
        heads = ("SNAPSHOT", "KEPT (UTC)", "MODE", "AFTER UPDATE", "MODEL", "")
        say(
            table(
                [
                    heads,
                    *(
                        (
                            str(one.snapshot_id),
                            f"{one.at:%Y-%m-%d %H:%M}",
                            one.mode,
                            str(one.position),
                            one.model_version,
                            "" if one.restored_from is None else f"brought back from {one.restored_from}",
                        )
                        for one in snapshots
                    ),
                ]
            )
        )
    else:
        say("snapshots: none")
    return EXIT_OK


def _snapshot(args: argparse.Namespace) -> int:
    with _opened(args) as (unit, learner, catalogue):
        kept = learner.snapshot(unit, catalogue)
        if kept is None:
            raise ConfigurationError("the mode fixed learns nothing: there is no model to keep")
    say(f"snapshot {kept} kept")
    return EXIT_OK


def _restore(args: argparse.Namespace) -> int:
    with _opened(args) as (unit, learner, _):
        kept = learner.restore(unit, args.snapshot_id)
    say(f"the model is what it was at snapshot {args.snapshot_id}; this is snapshot {kept}")
    return EXIT_OK
