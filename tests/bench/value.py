"""Lifetime values on CDNOW: what is fitted, what it foretells, and how long it takes for all customers.

    .venv/bin/python tests/bench/value.py --data DIR

In DIR are the CDNOW purchases, `CDNOW_sample.txt.xz` (a tenth of the customers) and `CDNOW_master.txt.xz`. The models
are fitted to the purchases of the sample until 1997-09-30 and asked how many each customer makes in the 273 days after
it. The last line is JSON: the parameters; `rmse` of the number of purchases a customer; `bias`, all purchases foretold
÷ all made − 1; `top10`, the share of what was spent by the tenth of customers of whom most was expected; `seconds` to
read, fit and value all customers of the whole set.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from nba_desktop.backend.decisioning.entries.value import PurchasesEntry, ValueEntry
from nba_desktop.backend.value.purchases import (
    Purchase,
    bought_until,
    expected_amounts,
    expected_purchases,
    fit_purchases,
)
from nba_desktop.backend.value.valuing import FittedModels, Known, values_of

LEARNT_UNTIL: Final = date(1997, 9, 30)
HOLD_OUT_DAYS: Final = 273
ENTRY: Final = ValueEntry(purchases=PurchasesEntry(touchpoint="purchase", amount="eur", margin=0.3))


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    folder = parser.parse_args().data
    for name in ("CDNOW_sample.txt.xz", "CDNOW_master.txt.xz"):
        if not (folder / name).is_file():
            print(f"there is no {name} in {folder}: name the folder of the data with DATA=DIR", file=sys.stderr)
            return 2
    found = {
        **_foretold(_purchases(folder / "CDNOW_sample.txt.xz")),
        "seconds": _seconds(folder / "CDNOW_master.txt.xz"),
    }
    print(json.dumps(found))
    return 0


def _foretold(purchases: Sequence[Sequence[Purchase]]) -> dict[str, float]:
    bought = bought_until(purchases, LEARNT_UNTIL)
    model = fit_purchases(bought, ENTRY.yearly_leaving)
    assert model.frequency is not None, model.notes
    for note in model.notes:
        print(f"note: {note}")
    ends = LEARNT_UNTIL + timedelta(days=HOLD_OUT_DAYS)
    later = [[(day, eur) for day, eur in one if LEARNT_UNTIL < day <= ends] for one in purchases]
    made = np.array([len({day for day, _ in one}) for one in later], dtype=np.float64)
    spent = np.array([sum(eur for _, eur in one) for one in later])
    counts = expected_purchases(model, bought.repeats, HOLD_OUT_DAYS / 7)
    best = np.argsort(-counts * expected_amounts(model, bought))[: len(counts) // 10]
    fit = f"log-likelihood {model.frequency.log_likelihood:.1f}"
    print(f"{model.customers} customers, {model.repeaters} bought again; {fit}")
    print(f"{made.sum():.0f} purchases made in the hold-out, {counts.sum():.0f} foretold; {model.amounts}")
    return {
        "r": round(model.frequency.r, 4),
        "alpha": round(model.frequency.alpha, 4),
        "a": round(model.frequency.a, 4),
        "b": round(model.frequency.b, 4),
        "rmse": round(float(np.sqrt(np.mean((counts - made) ** 2))), 4),
        "bias": round(float(counts.sum() / made.sum() - 1), 4),
        "top10": round(float(spent[best].sum() / spent.sum()), 4),
    }


def _seconds(path: Path) -> float:
    began = time.perf_counter()
    purchases = _purchases(path)
    day = max(at for one in purchases for at, _ in one)
    model = fit_purchases(bought_until(purchases, day), ENTRY.yearly_leaving)
    values = values_of([Known((), {}, one) for one in purchases], ENTRY, FittedModels(None, model), day)
    took = time.perf_counter() - began
    classes = sorted(one.value_class.value for one in values if one is not None)
    print(f"{len(purchases)} customers valued: " + ", ".join(f"{name} {classes.count(name)}" for name in "ABCD"))
    return round(took, 2)


def _purchases(path: Path) -> list[list[Purchase]]:
    """By customer: the last three columns are day, number of CDs and USD."""
    found: dict[str, list[Purchase]] = {}
    with lzma.open(path, "rt") as lines:
        for line in lines:
            customer, *_, day, _cds, usd = line.split()
            if not day.isdigit():
                continue  # The heading.
            found.setdefault(customer, []).append((date(int(day[:4]), int(day[4:6]), int(day[6:])), float(usd)))
    return list(found.values())


if __name__ == "__main__":
    sys.exit(main())
