"""`load`: say how busy the queues are, where the telephone system does not."""

from __future__ import annotations

import argparse

from nba_desktop.backend.commands.common import EXIT_OK, Commands, add_by, add_data, existing_store, family, say
from nba_desktop.backend.decisions.load import LOAD_SETTING
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.rows.settings import SettingRow
from nba_desktop.contract.codes import Load


def add(commands: Commands) -> None:
    """Declare the commands."""
    load = family(commands, "load", "how busy the queues are: when busy, only likely sales are raised")
    showing = load.add_parser("show", help="show what is set")
    add_data(showing)
    showing.set_defaults(run=_show)
    setting = load.add_parser("set", help="set it; the next decision counts with it")
    add_data(setting)
    setting.add_argument("load", choices=[one.value for one in Load], help="as busy as this")
    add_by(setting)
    setting.set_defaults(run=_set)


def _show(args: argparse.Namespace) -> int:
    with existing_store(args) as store, store.read() as unit:
        row = unit.settings.get(LOAD_SETTING)
    if row is None:
        say(f"load: {Load.NORMAL.value} (never set)")
    else:
        say(f"load: {row.content} (set {row.at:%Y-%m-%d %H:%M} UTC by {row.actor})")
    return EXIT_OK


def _set(args: argparse.Namespace) -> int:
    with existing_store(args) as store, store.write() as unit:
        unit.settings.put(SettingRow(LOAD_SETTING, args.load, now_utc(), args.by))
    say(f"load: {args.load}")
    return EXIT_OK
