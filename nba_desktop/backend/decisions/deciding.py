"""A decision with everything around it: which version, which arm, how busy, by which model, and its record."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import perf_counter
from typing import Final, Protocol
from uuid import UUID

from nba_desktop.backend.catalogues.live import InForce, LiveCatalogues
from nba_desktop.backend.decisioning.arms import Arm, arm_of, period_of
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.contact_policy import exposures_since
from nba_desktop.backend.decisioning.engine import NO_MODEL, DecisionOutcome, failed
from nba_desktop.backend.decisioning.learning.protocols import PropensityModel
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.decisions.engines import EngineOf
from nba_desktop.backend.decisions.load import load_for
from nba_desktop.backend.errors import StoreError
from nba_desktop.backend.model import PastExposure
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.backend.rows.decisions import DecisionRow, PortalDecisionRow
from nba_desktop.backend.rows.settings import SettingRow
from nba_desktop.contract.base import new_id

_SALT: Final = "arm_salt"
_log = logging.getLogger(__name__)


class Models(Protocol):
    """Knows the model of each catalogue."""

    def model_for(self, unit: Unit, catalogue: Catalogue) -> PropensityModel:
        """Return the model, caught up with everything that was learnt."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was made and recorded, by `catalogue`, while `in_force` was in force."""

    decision_id: UUID
    at: datetime
    in_force: InForce
    catalogue: Catalogue
    outcome: DecisionOutcome


@dataclass(frozen=True, slots=True)
class _Made:
    """A decision before it is recorded, and what it was made with."""

    decided: Decided
    request: DecisionRequest
    model_version: str


class Deciding:
    """Makes and records decisions within the writing transaction of whoever asks.

    `salt` is the installation's, so that its control arms are its own. `on_decided` is told of each decision what it
    shows, or why it shows nothing, and the seconds it took.
    """

    def __init__(
        self,
        catalogues: LiveCatalogues,
        models: Models,
        engine_of: EngineOf,
        salt: str,
        on_decided: Callable[[str, float], None] = lambda _result, _seconds: None,
    ) -> None:
        self._catalogues = catalogues
        self._models = models
        self._engine_of = engine_of
        self._salt = salt
        self._on_decided = on_decided

    def prepare(self, unit: Unit) -> None:
        """Compile what is in force and bring its models up to date, so that no call waits for it."""
        in_force = self._catalogues.in_force(unit)
        ramped = () if in_force.ramp is None else in_force.ramp[:1]
        for catalogue in (in_force.live, *ramped):
            self._engine_of(catalogue)
            self._models.model_for(unit, catalogue)

    def in_call(self, unit: Unit, contact: ContactRecord, settled: str | None, request: DecisionRequest) -> Decided:
        """Decide for a contact and record it; `settled` is the customer the agent settled on, if any.

        Arm, load, exposures, what waits, seed, skills and authority of the request are filled in here. Versions in
        shadow decide beside it for customers who are authenticated.
        """
        agent = unit.access.profile(contact.agent_id)
        if agent is not None:
            request = replace(request, agent_skills=agent.skills, authority=agent.authority)
        made = self._made(unit, replace(request, seed=str(contact.contact_id)), contact)
        decided, request = made.decided, made.request
        # A candidate is not a customer: only whom the agent settled on is named.
        names = {"contact_id": str(contact.contact_id), "customer_id": settled}
        unit.decisions.add(
            DecisionRow(
                decision_id=decided.decision_id,
                contact_id=contact.contact_id,
                customer_id=settled,
                decided_at=request.now,
                catalogue_version=decided.catalogue.version,
                model_version=made.model_version,
                arm=request.arm.value,
                none_because=decided.outcome.none_because,
                shown=_shown(decided.outcome),
                record=_text(decided.outcome.record, {"decision_id": str(decided.decision_id), **names}),
            )
        )
        if request.authenticated:
            self._watch(unit, decided, request, contact, names)
        return decided

    def in_portal(
        self, unit: Unit, customer_id: str, placement: str, request: DecisionRequest, confirming: Sequence[str] = ()
    ) -> Decided:
        """Decide on teasers for a customer of the portal and record it, with the actions he is reminded to confirm."""
        # The same list all day, however often the page is opened, unless something happens.
        today = request.now.astimezone(self._catalogues.in_force(unit).live.zone).date()
        made = self._made(unit, replace(request, seed=f"{customer_id} {placement} {today}"))
        decided = made.decided
        unit.decisions.add_portal(
            PortalDecisionRow(
                decision_id=decided.decision_id,
                customer_id=customer_id,
                placement=placement,
                decided_at=request.now,
                catalogue_version=decided.catalogue.version,
                model_version=made.model_version,
                arm=made.request.arm.value,
                none_because=decided.outcome.none_because,
                shown=_shown(decided.outcome),
                record=_text(
                    decided.outcome.record,
                    {"decision_id": str(decided.decision_id), "confirming": list(confirming)},
                ),
            )
        )
        return decided

    def _made(self, unit: Unit, request: DecisionRequest, contact: ContactRecord | None = None) -> _Made:
        began = perf_counter()
        customer_id = request.customer.customer_id if request.customer and request.authenticated else None
        in_force = self._catalogues.in_force(unit)
        catalogue = in_force.decides_for(customer_id)
        request = self._by(unit, catalogue, request, contact)
        try:
            model = self._models.model_for(unit, catalogue)
            outcome, version = self._engine_of(catalogue).decide(model, request), model.version
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001
            # The caller is on the line: customer, journey and consents are shown all the same. Values and the
            # traceback's texts may be personal: the log holds the error's kind alone.
            _log.error("the engine failed with version %s: %s", catalogue.version, type(error).__name__)
            outcome, version = failed(request, catalogue.version), NO_MODEL
        none_because = outcome.none_because
        self._on_decided("shown" if none_because is None else none_because.value, perf_counter() - began)
        return _Made(Decided(new_id(), request.now, in_force, catalogue, outcome), request, version)

    def _by(
        self, unit: Unit, catalogue: Catalogue, request: DecisionRequest, contact: ContactRecord | None
    ) -> DecisionRequest:
        """Fill in what depends on the version that decides: load, arm, exposures and what waits."""
        waiting = None if contact is None else contact.waiting
        request = replace(request, load=load_for(unit.settings, catalogue, waiting))
        if request.customer is None or not request.authenticated:
            return request
        customer_id = request.customer.customer_id
        return replace(
            request,
            arm=self._arm(catalogue, customer_id, request.now),
            exposures=self._exposures(unit, catalogue, customer_id, request.now, contact),
            waiting=unit.arrivals.waiting(customer_id, request.now),
        )

    def _exposures(
        self, unit: Unit, catalogue: Catalogue, customer_id: str, now: datetime, contact: ContactRecord | None
    ) -> tuple[PastExposure, ...]:
        since = exposures_since(catalogue, now)
        if since is None:
            return ()
        return unit.decisions.past_exposures(customer_id, since, None if contact is None else contact.contact_id)

    def _arm(self, catalogue: Catalogue, customer_id: str, now: datetime) -> Arm:
        arms = catalogue.entry.arms
        period = period_of(now.astimezone(catalogue.zone).date(), arms.period)
        return arm_of(customer_id, period, self._salt, arms.shares)

    def _watch(
        self,
        unit: Unit,
        decided: Decided,
        request: DecisionRequest,
        contact: ContactRecord,
        names: Mapping[str, object],
    ) -> None:
        """Record what the versions in shadow would have shown."""
        for catalogue in decided.in_force.shadows:
            try:
                model = self._models.model_for(unit, catalogue)
                record = self._engine_of(catalogue).judge(model, self._by(unit, catalogue, request, contact)).to_json()
            except Exception as error:  # noqa: BLE001
                # Whatever is wrong with a version on trial, the call goes on; its values do not belong in a log.
                _log.error("version %s failed in shadow: %s", catalogue.version, type(error).__name__)
                continue
            text = _text(record, {"decision_id": str(decided.decision_id), **names})
            unit.decisions.add_shadow(decided.decision_id, catalogue.version, text)


def installation_salt(unit: Unit, now: datetime) -> str:
    """Return what makes the control arms of this installation its own, made at its first start."""
    row = unit.settings.get(_SALT)
    if row is None:
        row = SettingRow(_SALT, secrets.token_hex(16), now, "installation")
        unit.settings.put(row)
    return row.content


def _shown(outcome: DecisionOutcome) -> tuple[str, ...]:
    return tuple(one.action_id for one in outcome.recommendations)


def _text(record: Mapping[str, object], names: Mapping[str, object]) -> str:
    return json.dumps({**record, **names}, ensure_ascii=False, sort_keys=True)
