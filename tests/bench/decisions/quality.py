"""How well the product learns: two real campaigns, replayed through its own decide → response → learn path.

Settings are the product's defaults, the same for both; the mappings beside this file only say what columns mean.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from nba_desktop.backend.analysis.replay import replay

MAPPINGS: Final = Path(__file__).parent / "mappings"
BANK: Final = "bank-additional-full.csv.xz"
HILLSTROM: Final = "hillstrom.csv.xz"
_ORDERS: Final = 10


def measure(data: Path) -> dict[str, float]:
    """Return the figures of both campaigns by name; the folder `data` holds `BANK` and `HILLSTROM`.

    Rates and AUCs are shares of 1, the log-loss is in nats, `bank_us_per_row` is CPU time to decide and learn a row.
    """
    bank = replay(data / BANK, MAPPINGS / "bank.yaml")
    hillstrom = replay(data / HILLSTROM, MAPPINGS / "hillstrom.yaml", orders=_ORDERS)
    one = bank.passes[0]
    found = {
        "bank_logloss": one.log_loss,
        "bank_auc": one.auc,
        "bank_auc_last30": one.last_auc,
        "bank_month_auc": one.within_auc,
        "bank_month_auc_shuffled": bank.shuffled_within_auc,
        "bank_ece": one.ece,
        "bank_us_per_row": 1e6 / one.rows_per_s,
        "hillstrom_mean": hillstrom.mean_rate,
        "hillstrom_worst": hillstrom.worst_rate,
    }
    missing = [name for name, value in found.items() if value is None]
    if missing:
        raise ValueError(f"{data} gives no {', '.join(missing)}: are these the complete files?")
    return {name: value for name, value in found.items() if value is not None}
