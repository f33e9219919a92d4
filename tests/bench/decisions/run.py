"""The decision engine's figures beside its rivals', in one run; the last line is JSON.

`make bench-decisions` runs it, with the data from `DATA=DIR`. Without the data it says which files it wants and
measures the speed only. A goal that is missed is shown as missed and is no failure of the run.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.bench.decisions.bank_rivals import BankFigures, measure_bank_rivals
from tests.bench.decisions.goals import lines, summary
from tests.bench.decisions.ope_bench import HILLSTROM, OPEN_BANDIT, measure_hillstrom, measure_open_bandit
from tests.bench.decisions.quality import BANK, measure
from tests.bench.decisions.rivals import PYTHON, Rivals
from tests.bench.decisions.speed import Row, measure_speed

WANTED = (BANK, HILLSTROM, OPEN_BANDIT)


def main() -> int:
    options = _options()
    figures: dict[str, float] = {}
    missing = [name for name in WANTED if not (options.data / name).is_file()]
    with Rivals() as rivals:
        if missing:
            print(f"Only the speed is measured: {options.data} does not hold {', '.join(missing)}.")
            print(f"`make bench-decisions DATA=DIR` reads {', '.join(WANTED)} from DIR.\n")
        else:
            figures |= _quality(options.data, rivals)
        figures |= _speed(rivals)
    print(json.dumps(summary(figures)))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the folder with the data sets")
    options = parser.parse_args()
    if not PYTHON.is_file():
        parser.error(f"the rivals are not installed: sh packaging/bench_env.sh makes {PYTHON.parents[1]}")
    return options


def _quality(data: Path, rivals: Rivals) -> dict[str, float]:
    found = measure(data)
    with tempfile.TemporaryDirectory(prefix="nba-bench-") as folder:
        beside = measure_bank_rivals(data, rivals, Path(folder))
    _part("1. A bank's campaign by phone, one pass, predict then learn, without `duration`", lines(found, "bank_"))
    _table(
        ("", "log-loss", "AUC", "last 30 %", "in month", "ECE", "µs/row"),
        [_bank_row(one) for one in (_own_bank_figures(found), *beside)],
    )
    _part("2. Hillstrom's experiment replayed, control arms off", lines(found, "hillstrom_"))

    experiment = measure_hillstrom(data)
    _part("3. Off-policy estimates against the truth of Hillstrom's experiment", lines(experiment, "ope_"))
    _table(
        ("", "estimator", "truth", "error", "coverage"),
        [
            (one["target"], one["estimator"], f"{one['truth']:.4f}", f"{one['error']:.2%}", f"{one['coverage']:.1%}")
            for one in experiment["rows"]
        ],
    )

    bandit = measure_open_bandit(data)
    _part("4. Open Bandit sample: click rate in % of one policy from the other's log", lines(bandit, "obd_"))
    _table(("", "IPS", "SNIPS", "DR", "effective n", ""), [_bandit_row(one) for one in bandit["rows"]])
    return {**found, **experiment, **bandit}


def _speed(rivals: Rivals) -> dict[str, float]:
    rows, figures = measure_speed(rivals)
    _part("5. Speed, CPU time of one core, medians of alternating blocks", lines(figures, ""))
    _table(("", "", "product", "rival", "times"), [line for row in rows for line in _speed_lines(row)])
    return figures


def _own_bank_figures(found: Mapping[str, float]) -> BankFigures:
    return BankFigures(
        name="the product",
        log_loss=found["bank_logloss"],
        auc=found["bank_auc"],
        auc_last30=found["bank_auc_last30"],
        month_auc=found["bank_month_auc"],
        ece=found["bank_ece"],
        us_per_row=found["bank_us_per_row"],
    )


def _bank_row(one: BankFigures) -> tuple[str, ...]:
    qualities = (one.log_loss, one.auc, one.auc_last30, one.month_auc, one.ece)
    return (one.name, *(f"{value:.4f}" for value in qualities), f"{one.us_per_row:.0f}")


def _bandit_row(one: Mapping[str, Any]) -> tuple[str, ...]:
    flag = "" if one["reliable"] else "flagged as not reliable"
    estimates = (f"{value:.3f}" for value in one["percent"])
    return (f"{one['target']}, {one['campaign']}", *estimates, f"{one['effective_n']:.0f}", flag)


def _speed_lines(one: Row) -> list[tuple[str, ...]]:
    first = (one.title, one.unit, f"{one.ours:,.2f}")
    rivals = [(f"  {name}", "", "", f"{took:,.1f}", f"{times:.1f}") for name, (took, times) in one.rivals.items()]
    return [first, *rivals]


def _part(title: str, figures: Iterable[str]) -> None:
    print(title)
    for line in figures:
        print(line)
    print(flush=True)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    whole = [head, *rows]
    width = max(len(row) for row in whole)
    filled = [[*row, *[""] * (width - len(row))] for row in whole]
    widths = [max(len(row[place]) for row in filled) for place in range(width)]
    for row in filled:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(size) for cell, size in zip(row[1:], widths[1:], strict=True))]
        print(f"  {'  '.join(cells)}".rstrip())
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
