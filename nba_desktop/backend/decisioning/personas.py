"""Personas: made-up customers run through the engine, and whether they see what they must.

They are decided with the documented start propensities, without exploration, control arms or what a site has learnt:
a catalogue passes or fails by itself, each time alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from nba_desktop.backend.decisioning.attributes import NO_CONCERN, Schema, Value
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.conditions import journey_values
from nba_desktop.backend.decisioning.customer_values import (
    CustomerValues,
    contact_values,
    derived_values,
    refused_bases,
)
from nba_desktop.backend.decisioning.engine import DecisionOutcome, Engine
from nba_desktop.backend.decisioning.entries.personas import PersonaEntry
from nba_desktop.backend.decisioning.learning.fixed import FixedModel
from nba_desktop.backend.decisioning.learning.settings import LearningSettings
from nba_desktop.backend.decisioning.propensity import traits_of
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.model import ConsentFacts, PastResponse, TouchpointRecord
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ConsentState
from nba_desktop.contract.recommendation import WhyNot

_CONSENTS = {
    "consent_phone": (ConsentPurpose.ADV_OWN, ConsentChannel.PHONE),
    "consent_email": (ConsentPurpose.ADV_OWN, ConsentChannel.EMAIL),
    "consent_profiling": (ConsentPurpose.PROFILE_USAGE, ConsentChannel.ANY),
}


@dataclass(frozen=True, slots=True)
class PersonaResult:
    """What a persona is shown, best first, and a sentence for each expectation that does not hold."""

    persona_id: str
    shown: tuple[str, ...]
    complaints: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.complaints


def run_personas(catalogue: Catalogue, now: datetime | None = None) -> tuple[PersonaResult, ...]:
    """Decide for every persona of a catalogue as of `now` (with a time zone; this moment, if None is given)."""
    moment = now or datetime.now(UTC)
    engine = Engine(catalogue)
    model = FixedModel(LearningSettings(mode="fixed"), [traits_of(action) for action in catalogue.actions])
    results: list[PersonaResult] = []
    for persona in catalogue.entry.personas:
        request, values = _situation(persona, catalogue, moment)
        outcome = engine.decide(model, request, values)
        shown = tuple(one.action_id for one in outcome.recommendations)
        results.append(PersonaResult(persona.id, shown, tuple(_complaints(persona, outcome, shown))))
    return tuple(results)


def _situation(persona: PersonaEntry, catalogue: Catalogue, now: datetime) -> tuple[DecisionRequest, CustomerValues]:
    here = now.astimezone(catalogue.zone)
    today = here.date()
    given = {
        name: _value(name, value, catalogue.schema, today)
        for name, value in persona.values.items()
        if value is not None
    }
    consents = ConsentFacts(
        {where: ConsentState(str(given[name])) for name, where in _CONSENTS.items() if name in given},
        objected=persona.objected,
    )
    # What follows from other values need not be given, as it need not for a customer.
    contacts = tuple(_touchpoints(persona, here))
    values: dict[str, Value] = {"today": today, "concern": NO_CONCERN}
    values |= {
        name: value for name, value in contact_values(contacts, now, catalogue.zone).items() if value is not None
    }
    followed = {name: one for name, one in derived_values(given, today).items() if name in catalogue.schema}
    values |= followed | given
    refused, off = refused_bases(consents), frozenset(catalogue.entry.attributes_off)
    withheld = frozenset(name for name in values if catalogue.schema[name].basis in refused or name in off)
    queries = [query for query in catalogue.queries if query.basis not in refused]
    answers = journey_values(queries, contacts, now, catalogue.zone)
    known: dict[str, Value] = {name: value for name, value in values.items() if name not in withheld}
    known |= {key: answer for key, answer in answers.items() if answer is not None}
    concern, solved = given.get("concern"), given.get("concern_solved")
    request = DecisionRequest(
        customer=None,
        authenticated=True,
        touchpoints=contacts,
        consents=consents,
        past=tuple(
            PastResponse(one.action, one.code, here - timedelta(days=one.days_ago), one.household)
            for one in persona.past
        ),
        now=now,
        language="en",
        concern=concern if isinstance(concern, str) and concern != NO_CONCERN else None,
        concern_solved=solved if isinstance(solved, bool) else None,
        agent_skills=frozenset(persona.skills),
        authority=persona.authority,
        load=persona.load,
    )
    return request, CustomerValues(known, withheld, frozenset(), frozenset())


def _touchpoints(persona: PersonaEntry, here: datetime) -> Iterator[TouchpointRecord]:
    for number, one in enumerate(persona.contacts):
        yield TouchpointRecord(
            touchpoint_id=f"{persona.id}-{number}",
            customer_id=persona.id,
            at=here - timedelta(days=one.days_ago),
            channel=one.channel,
            type=one.type,
            experience=one.experience,
        )


def _value(name: str, value: Value, schema: Schema, today: date) -> Value:
    """A date may be given as a number of days from today."""
    if schema[name].type == "date" and isinstance(value, int):
        return today + timedelta(days=value)
    return value


def _complaints(persona: PersonaEntry, outcome: DecisionOutcome, shown: tuple[str, ...]) -> Iterator[str]:
    expect = persona.expect
    came = f"shown: {', '.join(shown) or 'nothing'}"
    removed = {one.action_id: one for one in outcome.why_not}

    def missing(action: str) -> str:
        return f"{action} is missing ({_removal(removed.get(action))}); {came}"

    if expect.first is not None and expect.first not in shown:
        yield f"expected first: {missing(expect.first)}"
    elif expect.first is not None and shown[0] != expect.first:
        yield f"expected first: {expect.first}; {came}"
    for action in expect.shown:
        if action not in shown:
            yield f"expected: {missing(action)}"
    for action in expect.never:
        if action in shown:
            yield f"never expected: {action}; {came}"
    for before, after in expect.order:
        if before not in shown:
            yield f"expected before {after}: {missing(before)}"
        elif after in shown and shown.index(after) < shown.index(before):
            yield f"expected {before} before {after}; {came}"
    for one in outcome.recommendations:
        if one.kind in expect.none_of:
            yield f"expected no {one.kind.value} action: {one.action_id}; {came}"
    bonuses = _bonuses(outcome)
    for action, eur in expect.bonus_eur.items():
        if action not in shown:
            yield f"expected with {_euros(eur)}: {missing(action)}"
        elif bonuses[action] != eur:
            yield f"expected {action} with {_euros(eur)}, it comes with {_euros(bonuses[action])}"
    if expect.nothing and shown:
        yield f"expected nothing; {came}"


def _removal(why: WhyNot | None) -> str:
    if why is None:
        return "the catalogue does not hold it"
    text = why.params.get("text")
    said = f": {text}" if text else ""
    return f"removed at {why.stage.value} by {why.rule}{said}"


def _bonuses(outcome: DecisionOutcome) -> Mapping[str, float | None]:
    return {one.action_id: None if one.factors is None else one.factors.bonus_eur for one in outcome.recommendations}


def _euros(eur: float | None) -> str:
    return "no bonus" if eur is None else f"a bonus of {eur:g} €"
