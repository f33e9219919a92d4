"""The one function that decides: a pure function of catalogue, model and request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nba_desktop.backend.decisioning.arbitration import Candidate, Removed, Situation, Slate, arbitrate, select
from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.contact_policy import askable_channels
from nba_desktop.backend.decisioning.content import Filler
from nba_desktop.backend.decisioning.customer_values import CustomerValues, customer_values
from nba_desktop.backend.decisioning.explanation import because, why_not
from nba_desktop.backend.decisioning.propensity import PropensityModel
from nba_desktop.backend.decisioning.recommending import recommendation
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.contract.codes import ConsentPurpose, NoRecommendation
from nba_desktop.contract.recommendation import Recommendation, WhyNot

__all__ = ["DecisionOutcome", "DecisionRequest", "decide"]

# Contact points are needed in sentences, and no rule may ask them: the record does without them.
_NOT_RECORDED = frozenset({"full_name", "email_or_mobile"})


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """What is shown, what is not and why, and the full record (JSON-able) to keep under the decision's id."""

    recommendations: tuple[Recommendation, ...]
    why_not: tuple[WhyNot, ...]
    none_because: NoRecommendation | None
    record: dict[str, object]


def decide(catalogue: Catalogue, propensities: PropensityModel, request: DecisionRequest) -> DecisionOutcome:
    """Choose up to three actions for one customer at one moment; every outcome has a record, also none."""
    customer = request.customer
    if customer is None:
        return _nothing(catalogue, propensities, request, NoRecommendation.UNKNOWN_CUSTOMER)
    if not request.authenticated:
        return _nothing(catalogue, propensities, request, NoRecommendation.NOT_AUTHENTICATED)
    today = request.now.astimezone(catalogue.zone).date()
    known = customer_values(request, customer, catalogue.schema, today, catalogue.entry.attributes_off)
    askable = askable_channels(catalogue, ConsentPurpose.ADV_OWN, request.consents, request.now)
    values: dict[str, Value] = {**known.values, "channels_missing": tuple(channel.value for channel in askable)}
    situation = Situation(
        values=values,
        consents=request.consents,
        past=request.past,
        now=request.now,
        agent_skills=request.agent_skills,
    )
    candidates, removed = arbitrate(catalogue, propensities, situation)
    slate = select(candidates)
    filler = Filler(catalogue.schema, values, request.language, today)
    recommendations = tuple(
        recommendation(
            one.action.entry,
            rank,
            one.quiet,
            because(one, slate, catalogue, filler, values, known.withheld),
            filler,
        )
        for rank, one in enumerate(slate.shown, start=1)
    )
    none_because = None if recommendations else NoRecommendation.NOTHING_ELIGIBLE
    left_out = slate.left_out + removed
    record = _opening(catalogue, propensities, request, none_because)
    record |= _inputs(values, known)
    record |= _candidates(candidates, left_out, slate)
    return DecisionOutcome(
        recommendations=recommendations,
        why_not=tuple(why_not(one, filler) for one in left_out),
        none_because=none_because,
        record=record,
    )


def _nothing(
    catalogue: Catalogue, propensities: PropensityModel, request: DecisionRequest, reason: NoRecommendation
) -> DecisionOutcome:
    record = _opening(catalogue, propensities, request, reason)
    record |= {"inputs": {}, "withheld": [], "unfit": [], "candidates": [], "removed": [], "slate": []}
    return DecisionOutcome((), (), reason, record)


def _opening(
    catalogue: Catalogue,
    propensities: PropensityModel,
    request: DecisionRequest,
    none_because: NoRecommendation | None,
) -> dict[str, object]:
    return {
        "decided_at": request.now.isoformat(),
        "customer_id": None if request.customer is None else request.customer.customer_id,
        "authenticated": request.authenticated,
        "language": request.language,
        "concern": request.concern,
        "concern_solved": request.concern_solved,
        "catalogue_version": catalogue.version,
        "model_version": propensities.version,
        "arm": "ranked",
        "selection_probability": 1.0,
        "none_because": None if none_because is None else none_because.value,
    }


def _inputs(values: Mapping[str, Value], known: CustomerValues) -> dict[str, object]:
    return {
        "inputs": {name: _plain(value) for name, value in sorted(values.items()) if name not in _NOT_RECORDED},
        "withheld": sorted(known.withheld),
        "unfit": sorted(known.unfit),
    }


def _candidates(candidates: tuple[Candidate, ...], left_out: tuple[Removed, ...], slate: Slate) -> dict[str, object]:
    return {
        "candidates": [
            {
                "action_id": one.action.action_id,
                "kind": one.action.entry.kind.value,
                "propensity": one.propensity.value,
                "base_rate": one.propensity.base_rate,
                "moved_by": dict(one.propensity.moved_by),
                "context": one.context,
                "value": one.action.value,
                "levers": one.levers,
                "score": one.score,
                "quiet": one.quiet,
            }
            for one in candidates
        ],
        "removed": [
            {
                "action_id": one.action.action_id,
                "stage": one.removal.stage.value,
                "rule": one.removal.rule,
                "params": one.removal.params,
            }
            for one in left_out
        ],
        "slate": [one.action.action_id for one in slate.shown],
    }


def _plain(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
