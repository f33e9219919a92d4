"""`simulate`, `evaluate`, `replay`: what computes much or needs the extra `precompute`, loaded only when asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final

from nba_desktop.backend.commands.common import Commands
from nba_desktop.backend.errors import ConfigurationError

_OF_THE_EXTRA: Final = frozenset({"matplotlib", "polars"})


def add(commands: Commands, asked: Sequence[str]) -> None:
    """Declare the commands; only the one that is asked for is loaded, with its options."""
    for name, help_text, load in (
        ("simulate", "decide for many customers and show what becomes of it", _simulate),
        ("evaluate", "what other policies would have earned, and what the control arms show", _evaluate),
        ("replay", "learn from another campaign's log, row by row, and measure", _replay),
    ):
        parser = commands.add_parser(name, help=help_text)
        if name in asked[:1]:
            with _extra(name):
                parser.set_defaults(run=partial(_run, name, load(parser)))


def _run(name: str, run: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    with _extra(name):
        return run(args)


def _simulate(parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    from nba_desktop.backend.analysis import simulate

    simulate.add_arguments(parser)
    return simulate.run


def _evaluate(parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    from nba_desktop.backend.analysis import evaluate
    from nba_desktop.backend.commands.logged_decisions import read_log

    evaluate.add_arguments(parser)
    return partial(evaluate.run, read_log=read_log)


def _replay(parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    from nba_desktop.backend.analysis import replay

    replay.add_arguments(parser)
    return replay.run


@contextmanager
def _extra(name: str) -> Iterator[None]:
    """Say which extra is missing, instead of which module."""
    try:
        yield
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in _OF_THE_EXTRA:
            raise
        raise ConfigurationError(
            f"{name} needs {missing}, which this installation does not have: install nba-desktop[precompute]"
        ) from error
