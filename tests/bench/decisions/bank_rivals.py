"""The rivals on the bank's campaign: the rows the product gets, in their order, one pass, without `duration`."""

from __future__ import annotations

import csv
import json
import lzma
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from nba_desktop.backend.analysis.calibration import auc, auc_within, expected_calibration_error, log_loss
from tests.bench.decisions.quality import BANK
from tests.bench.decisions.rivals import Rivals

RIVALS: Final = {"vowpal_wabbit": "Vowpal Wabbit --coin", "river": "river, AdaGrad logistic regression"}

_AFTERWARDS: Final = {"duration", "y"}
_LAST_SHARE: Final = 0.3


@dataclass(frozen=True)
class BankFigures:
    """One learner's figures over the whole pass; `us_per_row` is CPU time."""

    name: str
    log_loss: float
    auc: float
    auc_last30: float
    month_auc: float
    ece: float
    us_per_row: float


def measure_bank_rivals(data: Path, rivals: Rivals, folder: Path) -> list[BankFigures]:
    """One pass of each rival, predict then learn; `folder` takes what is handed over to them."""
    with lzma.open(data / BANK, "rt", encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file, delimiter=";"))
    rows = [{name: _value(text) for name, text in row.items() if name not in _AFTERWARDS} for row in table]
    answers = [row["y"] == "yes" for row in table]
    handed_over = folder / "bank.json"
    handed_over.write_text(json.dumps({"rows": rows, "answers": answers}), encoding="utf-8")

    labels = np.array(answers, dtype=np.float64)
    months = np.array([row["month"] for row in table])
    periods = np.cumsum(np.concatenate([[0], months[1:] != months[:-1]]))
    last = len(labels) - int(len(labels) * _LAST_SHARE)
    found: list[BankFigures] = []
    for rival, name in RIVALS.items():
        said, us_per_row = rivals.bank(rival, handed_over)
        predicted = np.array(said)
        found.append(
            BankFigures(
                name=name,
                log_loss=log_loss(labels, predicted),
                auc=_known(auc(labels, predicted)),
                auc_last30=_known(auc(labels[last:], predicted[last:])),
                month_auc=_known(auc_within(labels, predicted, periods)),
                ece=expected_calibration_error(labels, predicted),
                us_per_row=us_per_row,
            )
        )
    return found


def _known(figure: float | None) -> float:
    if figure is None:
        raise ValueError(f"{BANK} has only one kind of answer")
    return figure


def _value(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
