"""What is measured, with what it has to reach; the last line's JSON has these figures and no others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True)
class Goal:
    """One figure: its key in the JSON, its name in the table, its digits after the point and its limits, if any."""

    key: str
    title: str
    digits: int
    at_least: float | None = None
    at_most: float | None = None
    form: Literal["", "%", "e"] = ""

    def written(self, value: float) -> str:
        match self.form:
            case "%":
                return f"{100 * value:.{self.digits}f} %"
            case "e":
                return f"{value:.{self.digits}e}"
        return f"{value:,.{self.digits}f}"

    def rounded(self, value: float) -> float:
        if self.form == "e":
            return float(f"{value:.{self.digits}e}")
        digits = self.digits + (2 if self.form == "%" else 0)
        return round(value, digits) if digits else round(value)

    def met(self, value: float) -> bool:
        """Whether the figure as it is printed reaches its goal."""
        printed = self.rounded(value)
        return (self.at_least is None or printed >= self.at_least) and (self.at_most is None or printed <= self.at_most)

    def line(self, value: float) -> str:
        """The figure's line of a table, with the goal and whether it is met."""
        if self.at_least is None and self.at_most is None:
            return f"  {self.title:<58} {self.written(value):>12}"
        limits = [
            *([f"≥ {self.written(self.at_least)}"] if self.at_least is not None else []),
            *([f"≤ {self.written(self.at_most)}"] if self.at_most is not None else []),
        ]
        met = "met" if self.met(value) else "MISSED"
        return f"  {self.title:<58} {self.written(value):>12}   goal {' and '.join(limits)}: {met}"


GOALS: Final = (
    Goal("bank_logloss", "log-loss", 4, at_most=0.2755),
    Goal("bank_auc", "AUC", 4, at_least=0.795),
    Goal("bank_auc_last30", "AUC of the last 30 %", 4, at_least=0.800),
    Goal("bank_month_auc", "AUC inside the month", 4, at_least=0.58),
    Goal("bank_month_auc_shuffled", "the same, labels shuffled inside months", 4, at_least=0.48, at_most=0.52),
    Goal("bank_ece", "expected calibration error", 4, at_most=0.010),
    Goal("hillstrom_mean", "visit rate, mean of 10 orders", 4, at_least=0.179),
    Goal("hillstrom_worst", "visit rate, worst order", 4, at_least=0.176),
    Goal("ope_error", "mean error, worst estimator and policy", 2, at_most=0.02, form="%"),
    Goal("ope_coverage", "coverage of the 95 % interval, worst", 1, at_least=0.92, form="%"),
    Goal("obd_max_abs_error", "largest difference from the reference formulas", 1, at_most=1e-9, form="e"),
    Goal("rank100_vs_vw", "top 3 of 100 actions: times faster than VW's text interface", 1, at_least=15),
    Goal("rank100_vs_lints", "top 3 of 100 actions: times faster than MABWiser LinTS", 1, at_least=150),
    Goal("conditions_vs_cel", "100 conditions: times faster than cel-expr-python", 1, at_least=10),
    Goal("learn_per_s", "learning updates a second", 0),
)


def lines(figures: Mapping[str, float], *prefixes: str) -> list[str]:
    """The lines of the figures whose keys begin so."""
    return [one.line(figures[one.key]) for one in GOALS if one.key in figures and one.key.startswith(prefixes)]


def summary(figures: Mapping[str, float]) -> dict[str, float]:
    """The figures of the last line, rounded, in their order; what was not measured is left out."""
    return {one.key: one.rounded(figures[one.key]) for one in GOALS if one.key in figures}
