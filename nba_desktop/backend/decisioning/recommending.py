"""A shown action with every word the agent needs, in one language."""

from __future__ import annotations

from collections.abc import Sequence

from nba_desktop.backend.decisioning.content import GAP, Filler, gaps
from nba_desktop.backend.decisioning.entries.actions import ActionEntry
from nba_desktop.backend.decisioning.entries.base import Words
from nba_desktop.backend.decisioning.entries.guide import StepEntry
from nba_desktop.backend.decisioning.explanation import factors
from nba_desktop.backend.decisioning.knowledge import article_id
from nba_desktop.backend.decisioning.record import CandidateRecord
from nba_desktop.contract.recommendation import (
    Because,
    Benefit,
    GuideStep,
    Knowledge,
    Objection,
    Recommendation,
    StepChoice,
    StepCondition,
    StepInput,
)


def recommendation(
    entry: ActionEntry, rank: int, candidate: CandidateRecord, reasons: tuple[Because, ...], filler: Filler
) -> Recommendation:
    """Fill an action's sentences; gaps of the guide's own inputs stay for the panel.

    `filler` knows the bonus where the offer holds one.
    """
    bridge = entry.bridge_for.get(str(filler.values.get("concern")), entry.bridge)
    bonus = candidate.bonus_eur is not None
    reason = entry.reason_with_bonus if bonus and entry.reason_with_bonus is not None else entry.reason

    def said(words: Words) -> str:
        return filler.fill(words.into(filler.language))

    return Recommendation(
        action_id=entry.id,
        rank=rank,
        kind=entry.kind,
        closing_form=entry.closing_form,
        minutes=entry.minutes,
        title=said(entry.title),
        reason=said(reason),
        because=reasons,
        factors=factors(candidate),
        quiet=candidate.quiet,
        duties=entry.duties,
        bridge=said(bridge),
        bridge_template=bridge.into(filler.language),
        given=_given([bridge, *(one.text for one in entry.steps)], filler),
        steps=_steps([one for one in entry.steps if bonus or not one.with_bonus], filler),
        benefits=tuple(
            Benefit(feature=said(one.feature), advantage=said(one.advantage), benefit=said(one.benefit))
            for one in entry.benefits
        ),
        objections=tuple(
            Objection(
                objection_id=one.id,
                title="" if one.title is None else said(one.title),
                phrase=said(one.phrase),
                also=one.also.into(filler.language),
                method=one.method,
                answer=said(one.answer),
            )
            for one in entry.objections
        ),
        knowledge=tuple(
            Knowledge(article_id=article_id(entry, one), title=said(one.title), text=said(one.text))
            for one in entry.knowledge
        ),
        responses=entry.responses,
        teaser=said(entry.teaser),
    )


def _given(sentences: Sequence[Words], filler: Filler) -> dict[str, str]:
    """What fills the gaps of the guide's sentences, as written; what is not known is left out, and stays a gap."""
    given: dict[str, str] = {}
    for words in sentences:
        for gap in gaps(words.into(filler.language)):
            name = f"{gap.name}:{gap.how}" if gap.how else gap.name
            written = filler.fill(f"{{{name}}}")
            if written != GAP:
                given[name] = written
    return given


def _steps(entries: Sequence[StepEntry], filler: Filler) -> tuple[GuideStep, ...]:
    inputs: frozenset[str] = frozenset()
    steps: list[GuideStep] = []
    for entry in entries:
        steps.append(_step(entry, inputs, filler))
        if entry.input is not None:
            inputs |= {entry.input.name}
    return tuple(steps)


def _step(entry: StepEntry, inputs: frozenset[str], filler: Filler) -> GuideStep:
    language = filler.language
    asked = entry.input
    condition = next(iter(entry.when.items())) if entry.when else None
    return GuideStep(
        step_id=entry.id,
        text=filler.fill(entry.text.into(language), keep=inputs),
        template=entry.text.into(language),
        choices=tuple(StepChoice(code=one.id, label=filler.fill(one.label.into(language))) for one in entry.choices),
        input=None
        if asked is None
        else StepInput(
            name=asked.name,
            kind=asked.kind,
            label=filler.fill(asked.label.into(language)),
            unit=asked.unit,
            least=asked.least,
            most=asked.most,
        ),
        when=None if condition is None else StepCondition(step=condition[0], choice=condition[1]),
    )
