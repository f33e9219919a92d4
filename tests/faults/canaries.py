"""A customer whom nobody can take for another, and what finds a trace of her anywhere."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from tests.e2e.processes import DATABASE
from tests.e2e.test_doctor_bundle import forms

FIRST_NAME: Final = "Quitterie"
LAST_NAME: Final = "Zaunkönigsberg"
STREET: Final = "Kanariengäßchen 477"
BIRTH_DATE: Final = "1911-11-17"
NUMBER: Final = "+4935177133447"
EMAIL: Final = "zaunkoenigin@kanarien.example"
NOTE: Final = "Möchte wegen Tante Ottilie zurückgerufen werden"
WORDS: Final = "Aber ja doch, meinetwegen"
SEARCHED: Final = "Nachtigallenfels"

CANARIES: Final = (FIRST_NAME, LAST_NAME, STREET, BIRTH_DATE, NUMBER, EMAIL, NOTE, WORDS, SEARCHED, "Ottilie")
_NUMBER_AS_WRITTEN: Final = ("0351 77133447", "35177133447")
_PLANTED_IN: Final = "helmut-brandt"


def plant(site: Path) -> None:
    """Make her of a sample customer, in the store of a backend that does not run."""
    with closing(sqlite3.connect(site / DATABASE)) as database, database:
        database.execute(
            "UPDATE customers SET salutation = 'ms', first_name = ?, last_name = ?, street = ?, birth_date = ?,"
            " email = ? WHERE customer_id = ?",
            (FIRST_NAME, LAST_NAME, STREET, BIRTH_DATE, EMAIL, _PLANTED_IN),
        )
        database.execute(
            "UPDATE customer_phones SET e164 = ?, digits_reversed = ? WHERE customer_id = ?",
            (NUMBER, NUMBER[:0:-1], _PLANTED_IN),
        )


def traces(texts: Mapping[str, bytes]) -> list[str]:
    """Which canaries are in which text, in any form that a text may be hidden in."""
    return [
        f"{canary} in {name}"
        for canary in (*CANARIES, *_NUMBER_AS_WRITTEN)
        for name, text in texts.items()
        if any(form in text or form in text.lower() for form in forms(canary))
    ]


def files(folders: Iterable[Path]) -> dict[str, bytes]:
    """Every file below some folders, those in archives too, by its path; the path is a part of what is looked at."""
    found: dict[str, bytes] = {}
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        found[str(path)] = path.name.encode() + b"\n" + path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                found |= {f"{path}:{name}": archive.read(name) for name in archive.namelist()}
    return found


def of_process(pid: int) -> dict[str, bytes]:
    """What every user of the machine, or this one, may see of a running process."""
    here = Path("/proc") / str(pid)
    return {f"{name} of {pid}": (here / name).read_bytes() for name in ("cmdline", "environ", "comm")}
