"""The command `nba-desktop backend simulate`: what a catalogue does with many customers, before it does."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from nba_desktop.backend.analysis.population import Population, generated_population, stored_population
from nba_desktop.backend.analysis.simulation import Setting, Version, simulate
from nba_desktop.backend.analysis.simulation_report import SimulationReport
from nba_desktop.backend.analysis.simulation_text import as_json, as_text
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.catalogues.versions import LIVE
from nba_desktop.backend.commands.common import add_places, code, codes, existing_store, has_database
from nba_desktop.backend.commands.named_catalogue import check_codes, named_catalogue, skills_of
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.contact_policy import exposures_since
from nba_desktop.backend.decisioning.learning.factory import make_model
from nba_desktop.backend.decisioning.learning.protocols import PropensityModel
from nba_desktop.backend.decisioning.learning.settings import LearningSettings
from nba_desktop.backend.decisioning.propensity import features_for, traits_of
from nba_desktop.backend.decisions.learner import Learner
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.ports.unit import Store
from nba_desktop.contract.codes import Load

_SEED: Final = 20260101
_GENERATED: Final = 1000
_SAMPLE: Final = "sample catalogue"
_SAY_EVERY_SECONDS: Final = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `simulate`."""
    parser.add_argument(
        "--customers",
        type=_at_least_one,
        metavar="N",
        help=f"how many (default: {_GENERATED} generated ones; with --data all there are)",
    )
    parser.add_argument("--seed", type=int, default=_SEED, help="generates or draws the same again (%(default)s)")
    add_places(parser.add_mutually_exclusive_group(), ": its customers, versions and learnt model")
    parser.add_argument(
        "--catalogue",
        metavar="WHICH",
        help="file or folder; with --data a version or `live`, too (default: the sample, with --data the live one)",
    )
    parser.add_argument("--against", metavar="WHICH", help="compare with another one, on the same customers")

    situation = parser.add_argument_group("situation (default: everybody's most probable concern is solved)")
    situation.add_argument("--concern", type=code, metavar="CODE", help="why they all call, as the catalogue names it")
    situation.add_argument("--unsolved", action="store_true", help="the concern is not solved")
    situation.add_argument("--load", choices=[one.value for one in Load], default=Load.NORMAL.value, help="of queues")
    situation.add_argument("--authority", type=_level, metavar="LEVEL", help="of the agent (default: the highest)")
    situation.add_argument("--skills", type=_skills, metavar="A,B", help="of the agent, or `none` (default: all)")

    output = parser.add_argument_group("output")
    output.add_argument("--json", action="store_true", help="one line of JSON instead of tables")
    output.add_argument("--html", type=Path, metavar="FILE", help="also write one page with plots")


def run(args: argparse.Namespace) -> int:
    """Simulate, print what is found, and return 0.

    Raises a `BackendError` for what cannot be simulated; nothing is recorded.
    """
    if args.html is not None:
        # Before the work, not after it: whether the plots can be made and the page be written.
        from nba_desktop.backend.analysis.simulation_page import page

        _check_writable(args.html)
    report = report_for(args, now_utc())
    if args.html is not None:
        _write(args.html, page(report))
        sys.stderr.write(f"page written: {args.html}\n")
    sys.stdout.write(f"{as_json(report) if args.json else as_text(report)}\n")
    return 0


def report_for(args: argparse.Namespace, now: datetime) -> SimulationReport:
    """Simulate as the options ask."""
    setting = Setting(now, args.concern, not args.unsolved, Load(args.load))
    with _sources(args) as store:
        sample = args.resources / "sample" / "catalogue"
        catalogue = named_catalogue(args.catalogue or (str(sample) if store is None else LIVE), store)
        other = None if args.against is None else named_catalogue(args.against, store)
        catalogues = [one for one in (catalogue, other) if one is not None]
        check_codes(catalogues, args.concern, args.skills or (), args.authority)
        version = _version(args.catalogue, catalogue, args, store, now)
        against = None if other is None else _version(args.against, other, args, store, now)
        population = _population(args, store, catalogues, now)
        return simulate(population, version, against, setting, Progress(population.size))


class Progress:
    """Says on standard error every few seconds how far a simulation is."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._next = float(_SAY_EVERY_SECONDS)

    def __call__(self, done: int, seconds: float) -> None:
        """Take in that so many customers are done after so many seconds."""
        if seconds < self._next or done == self._size:
            return
        self._next = seconds + _SAY_EVERY_SECONDS
        sys.stderr.write(f"{done:,} of {self._size:,} customers, {done / seconds:,.0f} a second\n")


@contextmanager
def _sources(args: argparse.Namespace) -> Iterator[Store | None]:
    if not has_database(args):
        yield None
        return
    with existing_store(args) as store:
        yield store


def _population(
    args: argparse.Namespace, store: Store | None, catalogues: list[Catalogue], now: datetime
) -> Population:
    if store is None:
        return generated_population(args.resources, now, args.customers or _GENERATED, args.seed)
    since = [moment for one in catalogues if (moment := exposures_since(one, now)) is not None]
    return stored_population(store, args.customers, args.seed, min(since, default=None))


def _version(
    named: str | None, catalogue: Catalogue, args: argparse.Namespace, store: Store | None, now: datetime
) -> Version:
    limits = catalogue.entry.bonus.limits_eur
    highest = max(limits, key=lambda one: limits[one], default=None)
    return Version(
        name=named or (_SAMPLE if store is None else LIVE),
        catalogue=catalogue,
        model=_model(catalogue, store, now),
        skills=skills_of(catalogue.entry) if args.skills is None else args.skills,
        authority=highest if args.authority is None else args.authority or None,
    )


def _model(catalogue: Catalogue, store: Store | None, now: datetime) -> PropensityModel:
    """The model as it has learnt, or one that has learnt nothing yet."""
    if store is not None:
        with store.read() as unit:
            return Learner(store, LiveCatalogues().of_version, lambda: now).model_for(unit, catalogue)
    settings = LearningSettings(mode=catalogue.entry.learning.mode, exploration=0)
    return make_model(settings, [traits_of(one) for one in catalogue.actions], features_for(catalogue))


def _check_writable(path: Path) -> None:
    if path.is_dir():
        raise ConfigurationError(f"{path} is a folder: name a file with --html")
    if path.suffix != ".html":
        raise ConfigurationError(f"{path} is not the name of a page: name a file that ends in .html with --html")
    if not path.parent.is_dir():
        raise ConfigurationError(f"there is no folder {path.parent} to write the page into")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise ConfigurationError(f"{path} cannot be written: name another file with --html")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}") from error


def _at_least_one(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of customers: 1 or more")
    return int(text)


def _level(text: str) -> str:
    return "" if text == "none" else code(text)


def _skills(text: str) -> frozenset[str]:
    return frozenset() if text == "none" else codes(text)
