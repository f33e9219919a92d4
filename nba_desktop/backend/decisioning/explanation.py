"""Why this action, and why not that one: codes and values that the panel turns into sentences.

Everything is read from the record of the decision and the version of the catalogue it was made with. So the panel is
told the same at the moment of decision and a year later, and asking has no side effect.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.decisioning.catalogue import Action, Catalogue
from nba_desktop.backend.decisioning.content import Filler
from nba_desktop.backend.decisioning.entries.targets import aims_at
from nba_desktop.backend.decisioning.record import CandidateRecord, DecisionRecord, RemovedRecord, read_record
from nba_desktop.backend.decisioning.scoring import concern_of
from nba_desktop.contract.base import Language, Params
from nba_desktop.contract.explanation import DecisionExplanation, ExplainedAction, Move
from nba_desktop.contract.recommendation import LIKELY, UNLIKELY, Because, Factors, LiveUse, WhyNot

_HIGH_VALUE: Final = 1.25
_RECENT_DAYS: Final = 30


def explain(plain: Mapping[str, Any], catalogue: Catalogue, language: Language) -> DecisionExplanation:
    """Explain a decision from its record as it is stored (with `decision_id`).

    `catalogue` is the version that the record names; raises ValueError for another one.
    """
    record = read_record(plain, catalogue.schema)
    filler = _filler(record, catalogue, language)
    actions = _actions(record, catalogue)
    shown = {one.action_id: one for one in record.candidates if one.action_id in record.slate}
    return DecisionExplanation(
        decision_id=UUID(plain["decision_id"]),
        decided_at=record.decided_at,
        catalogue_version=record.catalogue_version,
        model_version=record.model_version,
        arm=record.arm.value,
        load=record.load,
        channel=record.channel,
        placement=record.placement,
        concern=record.concern,
        concern_solved=record.concern_solved,
        shown=tuple(
            _explained(shown[action_id], rank, actions[action_id], record, catalogue, filler)
            for rank, action_id in enumerate(record.slate, start=1)
        ),
        not_shown=tuple(why_not(one, actions[one.action_id], filler) for one in record.removed),
        none_because=record.none_because,
        withheld=record.withheld,
        stale=record.stale,
        live=live_uses(plain),
    )


def explain_missing(
    plain: Mapping[str, Any], catalogue: Catalogue, action_id: str, language: Language
) -> WhyNot | None:
    """Explain why one action was not shown; None when it was, or when the decision did not look at it.

    `catalogue` is the version that the record names; raises ValueError for another one.
    """
    record = read_record(plain, catalogue.schema)
    actions = _actions(record, catalogue)
    gone = next((one for one in record.removed if one.action_id == action_id), None)
    return None if gone is None else why_not(gone, actions[action_id], _filler(record, catalogue, language))


def live_uses(plain: Mapping[str, Any]) -> tuple[LiveUse, ...]:
    """Return what was asked of other systems for a decision, from its record; the values are among its inputs."""
    # A day is kept as text, as everything is that JSON can hold.
    return tuple(LiveUse(**one, value=plain["inputs"].get(one["attribute"])) for one in plain.get("live", ()))


def because(
    one: CandidateRecord, action: Action, record: DecisionRecord, catalogue: Catalogue, filler: Filler
) -> tuple[Because, ...]:
    """Every reason for and against a shown action, reasons for first."""
    found: list[Because] = []

    def add(code: str, params: Params | None = None, *, against: bool = False) -> None:
        found.append(Because(code=code, params=params or {}, speaks="against" if against else "for"))

    values = record.inputs
    concern = concern_of(values)
    if concern is not None and concern in action.entry.concerns:
        add("concern_match", {"concern": concern})
    for _, rule in action.rules:
        if rule.entry.because is not None and rule.condition(values) is rule.required:
            add("rule_met", {"text": filler.fill(rule.entry.because.into(filler.language))})
    _add_weights(add, one, action, record, catalogue, filler)
    if one.propensity >= LIKELY:
        add("propensity_high")
    elif one.propensity < UNLIKELY:
        add("propensity_low", against=True)
    if one.value >= _HIGH_VALUE:
        add("value_high")
    if one.bonus_eur is not None:
        add("bonus", {"eur": one.bonus_eur})
    if one.action_id in record.explored:
        add("explored")
    if one.action_id in record.reserved:
        add("service_reserved")
    if record.arm is Arm.RANDOM:
        add("arm_random")
    if one.action_id == record.demoted:
        add("not_strategic", against=True)
    if one.quiet:
        add("quiet_not_solved" if values.get("concern_solved") is False else "quiet_until_solved", against=True)
    trouble = values.get("days_since_trouble")
    if action.advertising and isinstance(trouble, int) and trouble <= _RECENT_DAYS:
        add("recent_trouble", {"days_ago": trouble}, against=True)
    withheld = frozenset(record.withheld)
    if any(rule.condition.keys & withheld for _, rule in action.rules):
        add("data_not_used", against=True)
    return tuple(sorted(found, key=lambda reason: reason.speaks == "against"))


def _add_weights(
    add: Any, one: CandidateRecord, action: Action, record: DecisionRecord, catalogue: Catalogue, filler: Filler
) -> None:
    """What the site wants: its levers where they count, and the weight of the concern; a lot asks for neither."""
    if record.arm is Arm.RANDOM:
        return
    levers = [lever for lever in catalogue.entry.levers if aims_at(lever.target, action.entry)]
    if levers and record.arm is Arm.WITHOUT_LEVERS:
        add("arm_without_levers")
    elif one.levers != 1:
        for lever in levers:
            text = filler.fill(lever.why.into(filler.language))
            add("lever", {"text": text, "percent": lever.percent}, against=lever.percent < 0)
    raised = [event for event in record.waiting if event.action_id == one.action_id]
    for event in raised:
        trigger = next((trigger for trigger in catalogue.triggers if trigger.entry.id == event.trigger_id), None)
        if trigger is not None:
            text = filler.fill(trigger.entry.why.into(filler.language))
            add("event", {"text": text, "percent": event.percent, "at": event.at.isoformat()})
    percent = round((one.context / (1 + sum(event.percent for event in raised) / 100) - 1) * 100)
    if percent:
        add("context", {"percent": percent, "concern": concern_of(record.inputs)}, against=percent < 0)


def why_not(removed: RemovedRecord, action: Action, filler: Filler) -> WhyNot:
    """The stage and the rule that removed an action; a catalogue's rule brings its own sentence."""
    params = dict(removed.params)
    rule = next(
        (rule for stage, rule in action.rules if stage is removed.stage and rule.entry.id == removed.rule), None
    )
    if rule is not None and "unknown" in params:
        params["text"] = filler.fill(rule.entry.otherwise.into(filler.language))
    return WhyNot(
        action_id=action.action_id,
        title=filler.fill(action.entry.title.into(filler.language)),
        kind=action.entry.kind,
        stage=removed.stage,
        rule=removed.rule,
        params=params,
    )


def factors(one: CandidateRecord) -> Factors:
    """The factors of a priority before anything was tried out."""
    return Factors(
        propensity=one.propensity,
        context=one.context,
        value=one.value,
        levers=one.levers,
        priority=round(one.propensity * one.context * one.value * one.levers, 6),
        bonus_eur=one.bonus_eur,
    )


def _explained(
    one: CandidateRecord, rank: int, action: Action, record: DecisionRecord, catalogue: Catalogue, filler: Filler
) -> ExplainedAction:
    words = filler if one.bonus_eur is None else filler.with_bonus(one.bonus_eur)
    return ExplainedAction(
        action_id=one.action_id,
        title=words.fill(action.entry.title.into(filler.language)),
        kind=one.kind,
        rank=rank,
        quiet=one.quiet,
        factors=factors(one),
        because=because(one, action, record, catalogue, words),
        base_rate=one.base_rate,
        moved_by=tuple(Move(name=name, log_odds=odds) for name, odds in one.moved_by.items()),
        shown_probability=one.shown_probability,
    )


def _filler(record: DecisionRecord, catalogue: Catalogue, language: Language) -> Filler:
    return Filler(catalogue.schema, record.inputs, language, record.decided_at.astimezone(catalogue.zone).date())


def _actions(record: DecisionRecord, catalogue: Catalogue) -> dict[str, Action]:
    if record.catalogue_version != catalogue.version:
        raise ValueError(
            f"the decision was made with version {record.catalogue_version} of the catalogue and cannot be explained "
            f"with version {catalogue.version}: load the version it names"
        )
    return {action.action_id: action for action in catalogue.actions}
