"""The sentences of an action's guide as this agent says them: the catalogue's or his own, filled for this customer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nba_desktop.contract.base import Language
from nba_desktop.contract.recommendation import Recommendation, StepInput
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.guide import GuideRun
from nba_desktop.domain.own import BRIDGE, Own, step_part
from nba_desktop.domain.template import TemplateProblem, problem_of

Write = Callable[[StepInput, str], str]
"""Writes a kept value of an input as a sentence says it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The template of one sentence in use, and the catalogue's; `outdated` is an own version of an older sentence.

    Without an `original` there is nothing to word: the sentence came filled, with this customer's data in it.
    """

    template: str
    original: str | None
    own: bool = False
    outdated: str | None = None


def original_of(action: Recommendation, part: str) -> str | None:
    """The catalogue's template of a part of the guide; None when the action has no such part, or no template of it."""
    return _sentence(action, part)[0] or None


def wording_of(action: Recommendation, part: str, own: Own, language: Language) -> Wording:
    """How a part of the guide is said; nothing when the action has no such part."""
    original, said = _sentence(action, part)
    if not original:
        return Wording(said, None)
    mine = own.wording_of(action.action_id, part, language, original)
    outdated = own.outdated_wording(action.action_id, part, language, original)
    return Wording(mine or original, original, mine is not None, outdated)


def _sentence(action: Recommendation, part: str) -> tuple[str, str]:
    """The template of a part and the sentence as the backend filled it."""
    if part == BRIDGE:
        return action.bridge_template, action.bridge
    step = next((step for step in action.steps if step_part(step.step_id) == part), None)
    return ("", "") if step is None else (step.template, step.text)


def values_of(action: Recommendation, run: GuideRun, write: Write) -> dict[str, str]:
    """What fills the gaps of the guide: what the backend gave, and what was entered."""
    asked = {step.input.name: step.input for step in action.steps if step.input is not None}
    entered = {name: write(asked[name], value) for name, value in run.values if name in asked}
    return {**action.given, **entered}


def wording_problem(contact: ContactState, part: str, text: str, write: Write) -> TemplateProblem | None:
    """What keeps the agent's version of a part of the chosen action's guide from being kept."""
    action = contact.action
    original = original_of(action, part) if action is not None else None
    if action is None or original is None:
        return None
    inputs = {step.input.name: "" for step in action.steps if step.input is not None}
    return problem_of(text, original, {**inputs, **values_of(action, contact.guide, write)}, _private(contact))


def _private(contact: ContactState) -> tuple[str, ...]:
    customer = contact.view.customer if contact.view else None
    return () if customer is None else (customer.first_name, customer.last_name, customer.customer_no)
