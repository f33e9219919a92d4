"""What `nba-desktop demo` can be told, and which of its plays that is."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path
from typing import Final

from nba_desktop.domain.preferences import THEMES
from nba_desktop.paths import resource

_INVENTED: Final = "invented"
_USAGE_ERROR: Final = 2
_BROKEN_PIPE: Final = 128 + 13
"""What shells report of a program that SIGPIPE ended."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the demo."""
    parser.add_argument("--headless", action="store_true", help="play without a display and report it")
    parser.add_argument("--out", type=Path, default=Path("demo-out"), help="where --headless writes its pictures")
    parser.add_argument("--theme", choices=THEMES[1:], default="light", help="of the pictures")
    parser.add_argument("--keep", action="store_true", help="keep the demo's database and say where it is")
    parser.add_argument("--language", choices=["de", "en"], help="of the panel and the tasks (default: the user's)")
    parser.add_argument("--speed", type=_speed, metavar="N", help="play N times as fast (headless: 20 or more)")
    play = parser.add_mutually_exclusive_group()
    play.add_argument(
        "--site",
        metavar="NAME",
        help="play another site, by its folder or a name such as `telecom`: its catalogue and data are taken in first",
    )
    play.add_argument(
        "--scenario", metavar="NAME", help="play one scenario; `list` names them, `all` is for --headless"
    )
    play.add_argument(
        "--profile",
        nargs="?",
        const=_INVENTED,
        metavar="FILE",
        help="play the calls of a day that has this shape: CSV, also .xz, with Time or DateTime and Calls "
        "(default: an invented one)",
    )
    parser.add_argument("--day", type=_day, metavar="YYYY-MM-DD", help="with --profile: this day of FILE, not the mean")
    parser.add_argument("--start", type=_time, default="09:30", metavar="HH:MM", help="with --profile: begin here")
    parser.add_argument(
        "--minutes", type=_minutes, metavar="N", help="with --profile: calls of N minutes (headless: 15)"
    )
    parser.add_argument(
        "--agents", type=_agents, default=6, metavar="N", help="with --profile: so many take calls; they come to match"
    )
    parser.add_argument("--seed", type=int, default=1, help="with --profile: another number is another day")


def run(options: argparse.Namespace, *, headless: bool) -> int:
    """Play what the options say and return the exit code; 2 for options that mean nothing together."""
    if options.profile is None and (options.minutes or options.day):
        print("nba-desktop: --minutes and --day are parts of a day's calls: add --profile", file=sys.stderr)
        return _USAGE_ERROR
    try:
        code = _play(options, headless=headless)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read it has seen enough (`| head`); what is left must not be written at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    return code


def _play(options: argparse.Namespace, *, headless: bool) -> int:
    if options.scenario is not None:
        from nba_desktop.demo.scenarios import run_scenario

        return run_scenario(
            options.scenario,
            resource("telephony", "scenarios"),
            headless=headless,
            keep=options.keep,
            language=options.language,
            speed=options.speed,
        )
    if options.profile is not None:
        from nba_desktop.demo.day import DayOptions, run_day

        shipped = options.profile == _INVENTED
        return run_day(
            DayOptions(
                profile=resource("telephony", "day_profile.csv") if shipped else Path(options.profile),
                day=options.day,
                begin_s=options.start,
                minutes=options.minutes,
                agents=options.agents,
                seed=options.seed,
                speed=options.speed,
                language=options.language,
                keep=options.keep,
            ),
            headless=headless,
        )
    from nba_desktop.demo.command import run_demo

    return run_demo(headless, options.out, options.keep, options.theme, options.language, options.site)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0.1 <= speed <= 1000:
        raise argparse.ArgumentTypeError("a number from 0.1 to 1000")
    return speed


def _minutes(text: str) -> int:
    return _whole(text, 1440)


def _agents(text: str) -> int:
    return _whole(text, 99)


def _whole(text: str, highest: int) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= highest:
        raise argparse.ArgumentTypeError(f"a whole number from 1 to {highest}")
    return int(text)


def _time(text: str) -> int:
    hours, _, minutes = text.partition(":")
    digits = f"{hours}{minutes}"
    if not digits.isascii() or not digits.isdigit() or len(minutes) != 2 or int(hours) > 23 or int(minutes) > 59:
        raise argparse.ArgumentTypeError("a time such as 09:30")
    return int(hours) * 3600 + int(minutes) * 60


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day such as 2026-11-03") from None
