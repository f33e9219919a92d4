"""How far the agent is in an action's guide: steps done, branches chosen, values entered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from nba_desktop.contract.recommendation import GuideStep, StepInput

_GAP = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class GuideRun:
    """The run of one guide: the bridge said or not, steps done, choice per step, value per input."""

    bridge_said: bool = False
    done: frozenset[str] = frozenset()
    choices: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    def toggled(self, step_id: str) -> GuideRun:
        """The run with one step done, or open again."""
        return replace(self, done=self.done ^ {step_id})

    def chosen(self, step_id: str, choice: str) -> GuideRun:
        """The run with a branch taken at a step, which does the step too."""
        others = tuple((step, code) for step, code in self.choices if step != step_id)
        return replace(self, choices=(*others, (step_id, choice)), done=self.done | {step_id})

    def entered(self, step_id: str, name: str, value: str) -> GuideRun:
        """The run with a value entered at a step; an empty value takes it back and opens the step."""
        others = tuple((known, text) for known, text in self.values if known != name)
        if not value.strip():
            return replace(self, values=others, done=self.done - {step_id})
        return replace(self, values=(*others, (name, value.strip())), done=self.done | {step_id})

    def choice_at(self, step_id: str) -> str | None:
        """The branch taken at a step."""
        return dict(self.choices).get(step_id)

    def visible(self, steps: tuple[GuideStep, ...]) -> tuple[GuideStep, ...]:
        """The steps of the branches taken so far."""
        choices = dict(self.choices)
        return tuple(s for s in steps if s.when is None or choices.get(s.when.step) == s.when.choice)


def filled(text: str, values: Mapping[str, str], gap: str = "…") -> str:
    """Put entered values into `{name}` gaps; what was not entered yet stays a marked gap."""
    return _GAP.sub(lambda match: values.get(match.group(1), f"[{gap}]"), text)


def input_is_valid(asked: StepInput, value: str, decimal_comma: bool) -> bool:
    """Whether `value` is what the step asks for; an empty value is always allowed, it takes the entry back.

    Amounts and integers follow the language's separators, dates are DD.MM.YYYY or YYYY-MM-DD.
    """
    text = value.strip()
    if not text or asked.kind == "text":
        return True
    if asked.kind == "integer":
        return re.fullmatch(r"\d{1,3}([.,  ]?\d{3})*", text) is not None
    if asked.kind == "amount":
        pattern = r"\d{1,3}(\.?\d{3})*(,\d{1,2})?" if decimal_comma else r"\d{1,3}(,?\d{3})*(\.\d{1,2})?"
        return re.fullmatch(pattern, text) is not None
    return _is_date(text)


def _is_date(text: str) -> bool:
    german = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
    iso = f"{german[3]}-{german[2]:0>2}-{german[1]:0>2}" if german else text
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return True
