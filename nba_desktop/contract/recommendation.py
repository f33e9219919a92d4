"""What to do next: three actions with all their content, or the reason for none."""

from __future__ import annotations

from typing import Final, Literal
from uuid import UUID

from pydantic import Field

from nba_desktop.contract.base import Answer, Code, Moment, Params
from nba_desktop.contract.codes import ActionKind, ClosingForm, Duty, NoRecommendation, QuietReason, ResponseCode, Stage


class StepChoice(Answer):
    """One branch at a step: choosing it shows the steps that name it in `when`."""

    code: Code
    label: str


class StepInput(Answer):
    """A small value asked at a step; later sentences show it in place of `{name}`.

    What lies outside `least` and `most` cannot be right: a number, an amount in EUR, or for a date days from today.
    """

    name: Code
    kind: Literal["text", "integer", "number", "amount", "date"]
    label: str
    unit: str = ""
    least: float | None = None
    most: float | None = None


class StepCondition(Answer):
    """A step is shown only when the choice `step` was answered with `choice`."""

    step: Code
    choice: Code


class GuideStep(Answer):
    """One instruction; `text` may still hold `{name}` gaps of inputs of earlier steps.

    `template` is the same with all its gaps, for `given` to fill.
    """

    step_id: Code
    text: str
    template: str = ""
    choices: tuple[StepChoice, ...] = ()
    input: StepInput | None = None
    when: StepCondition | None = None


class Benefit(Answer):
    """Feature → advantage → benefit."""

    feature: str
    advantage: str
    benefit: str


class Objection(Answer):
    """What the customer may say against it, in one phrase and in others, and the one answer."""

    objection_id: Code
    title: str = ""
    phrase: str
    also: tuple[str, ...] = ()
    method: Code
    answer: str


class Knowledge(Answer):
    """Further information on an action; `article_id` names it in the catalogue's whole knowledge."""

    article_id: str = ""
    title: str
    text: str


class Because(Answer):
    """One reason for or against an action, as code and values."""

    code: Code
    params: Params = Field(default_factory=dict)
    speaks: Literal["for", "against"] = "for"


LIKELY: Final = 0.5
UNLIKELY: Final = 0.1
"""From how many of all customers on an acceptance is called likely, and below how many unlikely."""


class Factors(Answer):
    """What an action's priority is the product of; a factor that does not matter is 1.

    `propensity` is the calibrated probability before any trying out, `value` is relative to an average sale and holds
    the bonus of `bonus_eur`.
    """

    propensity: float
    context: float
    value: float
    levers: float
    priority: float
    bonus_eur: float | None = None

    @property
    def likelihood(self) -> Literal["high", "medium", "low"]:
        """The propensity as agents are told it: a level, never the number."""
        if self.propensity >= LIKELY:
            return "high"
        return "low" if self.propensity < UNLIKELY else "medium"


class Recommendation(Answer):
    """One action for this customer now, with every word the agent may need.

    `bridge_template` is the bridge with its gaps; `given` is what fills the gaps of the guide, by `name` or `name:how`,
    written in the view's language. A gap with no value in `given` stays a marked gap.
    """

    action_id: Code
    rank: int
    kind: ActionKind
    closing_form: ClosingForm
    minutes: int
    title: str
    reason: str
    because: tuple[Because, ...] = ()
    factors: Factors | None = None
    quiet: bool = False
    duties: tuple[Duty, ...] = ()
    bridge: str
    bridge_template: str = ""
    given: dict[str, str] = Field(default_factory=dict)
    steps: tuple[GuideStep, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    objections: tuple[Objection, ...] = ()
    knowledge: tuple[Knowledge, ...] = ()
    responses: tuple[ResponseCode, ...] = ()
    teaser: str = ""


class WhyNot(Answer):
    """An action that is not shown: the stage and the rule that removed it."""

    action_id: Code
    title: str
    kind: ActionKind
    stage: Stage
    rule: str
    params: Params = Field(default_factory=dict)


class LiveUse(Answer):
    """What became of an attribute that another system supplies while the customer is on the line.

    It said a `value`, at the moment `at`; knows nothing of the customer; said what cannot be used; did not answer in
    time or at all; is left alone because it failed again and again; or was not asked, because nothing allows that.
    """

    attribute: Code
    provider: str
    state: Literal["answered", "nothing", "unfit", "late", "failed", "paused", "not_asked"]
    at: Moment | None = None
    value: bool | int | float | str | None = None


class Decision(Answer):
    """One decision for one contact, recorded under `decision_id`; with `quiet_because` nothing is sold in this call.

    `live` is what was asked of other systems for it.
    """

    decision_id: UUID
    decided_at: Moment
    catalogue_version: str
    recommendations: tuple[Recommendation, ...]
    why_not: tuple[WhyNot, ...] = ()
    none_because: NoRecommendation | None = None
    quiet_because: tuple[QuietReason, ...] = ()
    live: tuple[LiveUse, ...] = ()
