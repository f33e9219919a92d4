"""Who takes part in the made-up calls: customers from the store, as many as are needed, teams and agents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from nba_desktop.backend.half_year.ledger import append_chained
from nba_desktop.backend.load_samples import sample_entry
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.access import AgentProfile
from nba_desktop.backend.rows.teams import MemberRow, TeamRow
from nba_desktop.backend.samples.generator import sample_customers
from nba_desktop.backend.samples.half_year.people import Person, SampleAgent
from nba_desktop.backend.store.bulk import Bulk
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose

GENERATED: Final = "sample-"
"""What the ids of generated customers begin with; the named ones stay as the demonstration needs them."""
_ANOTHER_LEAD: Final = "sample-lead"
_AT_ONCE: Final = 500


def add_customers(unit: Unit, bulk: Bulk, resources: Path, now: datetime, wanted: int) -> int:
    """Generate customers until there are so many generated ones, and return how many that were."""
    known = bulk.customer_ids()
    missing = wanted - sum(one.startswith(GENERATED) for one in known)
    if missing <= 0:
        return 0
    new = (one for one in sample_customers(resources, now, wanted) if one.record.customer_id not in known)
    while batch := list(islice(new, _AT_ONCE)):
        unit.customers.add([one.record for one in batch], [point for one in batch for point in one.touchpoints])
        said = sorted(((consent, one) for one in batch for consent in one.consents), key=lambda pair: pair[0].at)
        append_chained(unit.consents, [sample_entry(consent, one) for consent, one in said])
    return missing


def persons(bulk: Bulk) -> list[Person]:
    """Return the generated customers, with the channels they were never asked about."""
    phones: dict[str, list[str]] = defaultdict(list)
    for customer_id, e164 in bulk.phones():
        phones[customer_id].append(e164)
    asked: dict[str, set[str]] = defaultdict(set)
    objected: dict[str, bool] = {}
    for customer_id, purpose, channel, event in bulk.consents():
        if purpose == ConsentPurpose.ADV_OWN.value:
            asked[customer_id].add(channel)
        if event in (ConsentEventType.OBJECTED.value, ConsentEventType.OBJECTION_LIFTED.value):
            objected[customer_id] = event == ConsentEventType.OBJECTED.value
    found = []
    for row in bulk.customers():
        if not row.customer_id.startswith(GENERATED):
            continue
        numbers = tuple(phones[row.customer_id])
        reachable = {ConsentChannel.PHONE: bool(numbers), ConsentChannel.EMAIL: bool(row.email)}
        missing = {one for one, there in reachable.items() if there and one.value not in asked[row.customer_id]}
        found.append(
            Person(
                customer_id=row.customer_id,
                customer_no=row.customer_no,
                first_name=row.first_name,
                last_name=row.last_name,
                address=f"{row.street}, {row.postcode} {row.city}",
                language=row.language,
                email=row.email,
                phones=numbers,
                missing=missing,
                objected=objected.get(row.customer_id, False),
            )
        )
    return found


def add_agents(
    unit: Unit, agents: Sequence[SampleAgent], lead: str, skills: frozenset[str], since: date, at: datetime
) -> tuple[SampleAgent, ...]:
    """Add agents and their teams and return them; who is there already keeps his code.

    One person leads the teams, but of several the last: who leads everybody is not told all of the site's figures.
    """
    teams = list(dict.fromkeys(one.team for one in agents))
    for team in teams:
        leading = _ANOTHER_LEAD if len(teams) > 1 and team == teams[-1] else lead
        ensure_agent(unit.access, leading, at)
        unit.teams.add(TeamRow(team.team_id, team.name, at))
        unit.teams.set_lead(team.team_id, leading, leads=True)
    found = []
    for one in agents:
        code = unit.access.recipient_code(one.agent_id)
        if code is None:
            code = one.code
            unit.access.add_agent(one.agent_id, code, at)
        unit.access.set_profile(AgentProfile(one.agent_id, one.name, skills, None))
        unit.teams.set_member(MemberRow(one.agent_id, since, one.team.team_id))
        found.append(replace(one, code=code))
    return tuple(found)
