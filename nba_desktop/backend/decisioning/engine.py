"""The engine that decides: pure, a function of catalogue, model and request.

    stages (`arbitration`) → score = propensity × context × value × levers (`scoring`) → what the arm shows
    (`exploration`) under the rules of selection (`selection`) → record → words (`recommending`, `explanation`)

Propensities are recorded as they are before arbitration: the best of many estimates is too high on average.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import FloatArray, Places
from nba_desktop.backend.decisioning.arbitration import Situation, Stages
from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.decisioning.attributes import CONTACT_POINTS, Value
from nba_desktop.backend.decisioning.built_in_rules import load_gate
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.contact_policy import ContactPolicy, askable_channels
from nba_desktop.backend.decisioning.content import Filler
from nba_desktop.backend.decisioning.customer_personas import persona_of
from nba_desktop.backend.decisioning.customer_values import CustomerValues, customer_values
from nba_desktop.backend.decisioning.entries.customer_personas import CustomerPersonaEntry
from nba_desktop.backend.decisioning.explanation import because, why_not
from nba_desktop.backend.decisioning.exploration import Choice, choose, draw
from nba_desktop.backend.decisioning.learning.protocols import Propensities, PropensityModel
from nba_desktop.backend.decisioning.quiet import quiet_reasons
from nba_desktop.backend.decisioning.ranking import Factor
from nba_desktop.backend.decisioning.recommending import recommendation
from nba_desktop.backend.decisioning.record import CandidateRecord, DecisionRecord, LiveRecord, RemovedRecord
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.decisioning.scoring import Factors, Scoring, believer
from nba_desktop.backend.decisioning.selection import Candidates, tell
from nba_desktop.backend.decisioning.waiting import percents, waiting_records
from nba_desktop.contract.base import Params
from nba_desktop.contract.codes import (
    ActionKind,
    ConsentPurpose,
    DecisionChannel,
    NoRecommendation,
    QuietReason,
    Stage,
)
from nba_desktop.contract.recommendation import Recommendation, WhyNot

CALL_SLOTS: Final = 3
NO_MODEL: Final = "none"
"""The version of the model where none was asked."""

_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """What is shown, what is not and why, and the full record (JSON-able) to keep under the decision's id.

    `quiet_because` says why nothing is sold to this customer now, `persona` how to speak with him.
    """

    recommendations: tuple[Recommendation, ...]
    why_not: tuple[WhyNot, ...]
    none_because: NoRecommendation | None
    record: dict[str, object]
    quiet_because: tuple[QuietReason, ...] = ()
    persona: CustomerPersonaEntry | None = None


def decide(catalogue: Catalogue, model: PropensityModel, request: DecisionRequest) -> DecisionOutcome:
    """Decide once; who decides again with the same catalogue keeps an `Engine`."""
    return Engine(catalogue).decide(model, request)


class Engine:
    """Decides with one catalogue, which is compiled when the engine is made, and keeps nothing between decisions.

    `model` is made for the catalogue's actions in their order; of others the base rate counts. A factor in `off`
    counts 1 for every action.
    """

    def __init__(self, catalogue: Catalogue, off: Collection[Factor] = ()) -> None:
        self.catalogue = catalogue
        actions = catalogue.actions
        kinds = [one.entry.kind for one in actions]
        self._actions = {one.action_id: one for one in actions}
        self._stages = Stages(catalogue)
        self._scoring = Scoring(catalogue, off)
        self._base_rates = np.array([one.entry.base_rate for one in actions])
        self._believed = believer(tuple(self._actions), self._base_rates)
        # Of equal priorities the smaller id goes first, whatever the order of the catalogue's files.
        self._by_id = np.argsort(np.argsort(np.array([one.action_id for one in actions])))
        self._service = np.array([kind is ActionKind.SERVICE for kind in kinds], dtype=np.bool_)
        self._consent = np.array([kind is ActionKind.CONSENT for kind in kinds], dtype=np.bool_)
        self._sales = np.array([kind is ActionKind.SALES for kind in kinds], dtype=np.bool_)
        self._strategic = np.array([one.entry.strategic for one in actions], dtype=np.bool_)
        self._advertising = np.array([one.advertising for one in actions], dtype=np.bool_)
        shares = catalogue.entry.arms.shares
        self._shares = {arm: shares.of(arm) / 100 for arm in Arm}
        self._slots = {one.id: one.slots for one in catalogue.entry.placements}

    def decide(
        self, model: PropensityModel, request: DecisionRequest, known: CustomerValues | None = None
    ) -> DecisionOutcome:
        """Choose what is shown to one customer at one moment, in words; every outcome has a record, also none.

        `known` are the customer's values where they do not come from the request, as for a made-up customer.
        """
        values, record = self._judged(model, request, known)
        today = request.now.astimezone(self.catalogue.zone).date()
        filler = Filler(self.catalogue.schema, values, request.language, today)
        shown = {one.action_id: one for one in record.candidates if one.action_id in record.slate}
        return DecisionOutcome(
            recommendations=tuple(
                self._in_words(shown[action_id], rank, record, filler)
                for rank, action_id in enumerate(record.slate, start=1)
            ),
            why_not=tuple(why_not(one, self._actions[one.action_id], filler) for one in record.removed),
            none_because=record.none_because,
            record=record.to_json(),
            quiet_because=quiet_reasons(record.inputs, self.catalogue.entry.quiet),
            persona=persona_of(self.catalogue.customer_personas, values),
        )

    def judge(
        self, model: PropensityModel, request: DecisionRequest, known: CustomerValues | None = None
    ) -> DecisionRecord:
        """Decide without words: the record alone, for versions in shadow, simulation and replay."""
        return self._judged(model, request, known)[1]

    def _judged(
        self, model: PropensityModel, request: DecisionRequest, known: CustomerValues | None
    ) -> tuple[Mapping[str, Value], DecisionRecord]:
        record = _opened(request, self.catalogue.version, model.version)
        if not request.authenticated and (request.customer is not None or known is not None):
            return {}, replace(record, none_because=NoRecommendation.NOT_AUTHENTICATED)
        today = request.now.astimezone(self.catalogue.zone).date()
        if known is None:
            if request.customer is None:
                return {}, replace(record, none_because=NoRecommendation.UNKNOWN_CUSTOMER)
            known = customer_values(request, request.customer, self.catalogue, today)
        askable = askable_channels(self.catalogue, ConsentPurpose.ADV_OWN, request.consents, request.now)
        values: dict[str, Value] = {**known.values, "channels_missing": tuple(channel.value for channel in askable)}
        record = replace(
            record,
            inputs={name: value for name, value in values.items() if name not in CONTACT_POINTS},
            withheld=tuple(sorted(known.withheld)),
            unfit=tuple(sorted(known.unfit)),
            stale=tuple(sorted(known.stale)),
            live=tuple(LiveRecord(one.attribute, one.provider, one.state, one.at) for one in request.live),
        )
        left, removed = self._stages.split(
            Situation(
                values=values,
                consents=request.consents,
                policy=ContactPolicy(self.catalogue, request.past, request.exposures, request.now, request.channel),
                now=request.now,
                today=today,
                agent_skills=request.agent_skills,
                channel=request.channel,
                placement=request.placement,
            )
        )
        propensities, unmodelled = self._believed(model, values)
        left, gated = self._through_load_gate(left, propensities, request)
        removed += gated
        if not left:
            return values, replace(record, none_because=NoRecommendation.NOTHING_ELIGIBLE, removed=tuple(removed))
        places = np.array(left, dtype=np.intp)
        places = places[self._by_id[places].argsort()]
        return values, self._chosen(record, places, propensities, unmodelled, removed, values, request)

    def _through_load_gate(
        self, left: list[int], propensities: Propensities, request: DecisionRequest
    ) -> tuple[list[int], list[RemovedRecord]]:
        """Let sales actions through only as likely as the load of the queues asks; the portal has no queue."""
        threshold, out = load_gate(self.catalogue, request.load)
        if threshold <= 0 or request.channel is not DecisionChannel.CALL:
            return left, []
        unlikely = (self._sales & (propensities.means < threshold)).tolist()
        gated = [
            RemovedRecord(self.catalogue.actions[place].action_id, out.stage, out.rule, out.params)
            for place in left
            if unlikely[place]
        ]
        return [place for place in left if not unlikely[place]], gated

    def _chosen(
        self,
        record: DecisionRecord,
        places: Places,
        propensities: Propensities,
        unmodelled: frozenset[str],
        removed: list[RemovedRecord],
        values: Mapping[str, Value],
        request: DecisionRequest,
    ) -> DecisionRecord:
        """Score, draw and select among the actions at `places`, and record it."""
        on_call = request.channel is DecisionChannel.CALL
        quiet = on_call and values.get("concern_solved") is not True
        candidates = Candidates(
            service=self._service[places],
            consent=self._consent[places],
            strategic=self._strategic[places],
            quiet=self._advertising[places] & quiet,
        )
        waiting = waiting_records(self.catalogue, request)
        factors = self._scoring.factors(values, request.authority, percents(waiting))
        draws = draw(propensities, propensities.means, request.seed, self.catalogue.entry.learning.exploration)
        ranked, without_levers = (
            priorities[:, places] for priorities in self._scoring.priorities(draws.propensities, values, factors)
        )
        slots = CALL_SLOTS if on_call else max(self._slots[request.placement or ""] - request.slots_taken, 0)
        choice = choose(candidates, ranked, without_levers, draws.lots[:, places], request.arm, self._shares, slots)
        ids = [self.catalogue.actions[place].action_id for place in places.tolist()]
        left_out, reserved, demoted = _told(candidates, choice, request.arm, ids)
        scores = (without_levers if request.arm is Arm.WITHOUT_LEVERS else ranked)[0]
        rows = self._rows(places, propensities, draws.propensities[0], factors, scores, candidates, choice, request.arm)
        withheld = request.arm is Arm.NOTHING and not choice.slate
        return replace(
            record,
            none_because=NoRecommendation.NONE_DUE if withheld else None,
            waiting=waiting,
            candidates=tuple(rows[one] for one in choice.order),
            removed=(*left_out, *removed),
            slate=tuple(ids[one] for one in choice.slate),
            slate_probability=round(choice.slate_probability, _DECIMALS),
            reserved=reserved,
            demoted=demoted,
            explored=tuple(ids[one] for one in choice.explored),
            unmodelled=tuple(one for one in ids if one in unmodelled),
        )

    def _rows(
        self,
        places: Places,
        propensities: Propensities,
        drawn: FloatArray,
        factors: Factors,
        scores: FloatArray,
        candidates: Candidates,
        choice: Choice,
        arm: Arm,
    ) -> list[CandidateRecord]:
        numbers = np.stack(
            (
                propensities.means[places],
                propensities.deviations[places],
                drawn[places],
                self._base_rates[places],
                factors.context[places],
                factors.value[places],
                np.ones(len(places)) if arm is Arm.WITHOUT_LEVERS else factors.levers[places],
                scores,
                choice.shown,
            )
        )
        columns = np.round(numbers, _DECIMALS).T.tolist()
        quiet = candidates.quiet.tolist()
        rows: list[CandidateRecord] = []
        for one, place in enumerate(places.tolist()):
            action = self.catalogue.actions[place]
            mean, deviation, tried, base_rate, context, value, levers, score, probability = columns[one]
            rows.append(
                CandidateRecord(
                    action_id=action.action_id,
                    kind=action.entry.kind,
                    group=action.entry.group,
                    propensity=mean,
                    deviation=deviation,
                    drawn=tried,
                    base_rate=base_rate,
                    # What moved a propensity is said of what is shown; to work it out for all would take the longest.
                    moved_by=propensities.moved_by(place) if one in choice.slate else {},
                    context=context,
                    value=value,
                    levers=levers,
                    bonus_eur=factors.bonuses.get(place),
                    score=score,
                    quiet=quiet[one],
                    shown_probability=probability,
                )
            )
        return rows

    def _in_words(self, one: CandidateRecord, rank: int, record: DecisionRecord, filler: Filler) -> Recommendation:
        action = self._actions[one.action_id]
        words = filler if one.bonus_eur is None else filler.with_bonus(one.bonus_eur)
        reasons = because(one, action, record, self.catalogue, words)
        return recommendation(action.entry, rank, one, reasons, words)


def failed(request: DecisionRequest, catalogue_version: str) -> DecisionOutcome:
    """Return the outcome for a decision that could not be made, so that this is recorded, too."""
    record = replace(_opened(request, catalogue_version, NO_MODEL), none_because=NoRecommendation.FAILED)
    return DecisionOutcome((), (), NoRecommendation.FAILED, record.to_json())


def _opened(request: DecisionRequest, catalogue_version: str, model_version: str) -> DecisionRecord:
    return DecisionRecord(
        decided_at=request.now,
        customer_id=None if request.customer is None else request.customer.customer_id,
        authenticated=request.authenticated,
        language=request.language,
        channel=request.channel,
        placement=request.placement,
        concern=request.concern,
        concern_solved=request.concern_solved,
        catalogue_version=catalogue_version,
        model_version=model_version,
        arm=request.arm,
        load=request.load,
        seed=request.seed,
        none_because=None,
        inputs={},
    )


def _told(
    candidates: Candidates, choice: Choice, arm: Arm, ids: list[str]
) -> tuple[list[RemovedRecord], tuple[str, ...], str | None]:
    """What selection did: who is left out, the service actions a place was kept for, the side product not put first."""
    left_out: list[RemovedRecord] = []
    order = choice.order
    if arm is Arm.NOTHING:
        order = tuple(one for one in order if candidates.service[one])
        left_out += [
            RemovedRecord(ids[one], Stage.SELECTION, "arm_nothing", {})
            for one in choice.order
            if not candidates.service[one]
        ]
    told = tell(candidates, order, choice.slate)
    for one in told.left_out:
        # Who drew a bad lot is not outranked.
        by_lot = arm is Arm.RANDOM and one.rule == "outranked"
        rule = "arm_random" if by_lot else one.rule
        params: Params = {} if by_lot or one.place is None else {"place": one.place}
        left_out.append(RemovedRecord(ids[one.candidate], Stage.SELECTION, rule, params))
    reserved = tuple(ids[one] for one in told.reserved)
    return left_out, reserved, None if told.demoted is None else ids[told.demoted]
