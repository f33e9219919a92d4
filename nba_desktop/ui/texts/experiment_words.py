"""Words for the experiment of an action: its groups, what they differ by, and how many cases it needs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.review import ArmRow
from nba_desktop.ui.formats import Formats

translate = QCoreApplication.translate
CONTROL = "nothing"
"""The group that the others are compared with."""


def arm_words(arm: str) -> str:
    """What a group is shown; one that this program does not know by its code."""
    return {
        "ranked": translate("texts", "Ranked as usual"),
        "without_levers": translate("texts", "Ranked without levers"),
        "random": translate("texts", "Random relevant actions"),
        CONTROL: translate("texts", "Control group, nothing shown"),
    }.get(arm, arm)


def lift_words(row: ArmRow, formats: Formats) -> str:
    """How much more or less than the control group; empty where nothing can be compared."""
    if row.lift is None or row.low is None or row.high is None:
        return ""
    return translate("texts", "{points} points compared with the control group, 95% interval {low} to {high}").format(
        points=formats.signed_points(row.lift),
        low=formats.signed_points(row.low),
        high=formats.signed_points(row.high),
    )


def lift_statement(row: ArmRow) -> str:
    """Whether that is more than chance; empty where nothing can be compared."""
    if row.low is None or row.high is None:
        return ""
    if row.low > 0:
        return translate("texts", "Reliably more than without a recommendation")
    if row.high < 0:
        return translate("texts", "Reliably less than without a recommendation")
    return translate("texts", "No reliable difference")


def plan_words(row: ArmRow, control: ArmRow | None, formats: Formats) -> str:
    """How many cases would find such a difference, and how many there are; empty without a plan."""
    if row.needed is None or control is None or row.rate.trials is None or control.rate.trials is None:
        return ""
    least = min(row.rate.trials, control.rate.trials)
    plan = translate("texts", "To find such a difference in 80% of experiments, each group needs {needed} cases.")
    there = (
        translate("texts", "Both have that many.")
        if least >= row.needed
        else translate("texts", "The smaller of the two has {least} so far: wait before you decide by it.")
    )
    words = f"{plan} {there}"
    return words.format(needed=formats.number(row.needed), least=formats.number(least))
