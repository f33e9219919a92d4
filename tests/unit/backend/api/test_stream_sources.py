"""An agent's panel learns which telephone systems report, and whether any of their users is he."""

from __future__ import annotations

from nba_desktop.backend.calls.sources import SourceService
from nba_desktop.backend.rows.hooks import HookDialect
from nba_desktop.contract.calls import HubSource, HubSources
from nba_desktop.contract.codes import Role
from tests.unit.backend.api.conftest import Backend
from tests.unit.backend.api.test_hooks import row

PATH = "/v1/stream/sources"


def told(backend: Backend, agent_id: str) -> HubSources:
    return HubSources.model_validate(backend.client(Role.AGENT, agent_id=agent_id).send("GET", PATH).json())


def test_each_system_is_told_with_the_number_of_its_users_that_are_the_agent(backend: Backend) -> None:
    assert told(backend, "mara").sources == ()
    service = SourceService(backend.store)
    service.create(row("pbx", HookDialect.ZAMMAD))
    service.create(row("cloud", HookDialect.SIPGATE))
    backend.tokens.create("nils", frozenset({Role.AGENT}))
    for user, agent in (("Mara", "mara"), ("301", "mara"), ("Nils", "nils")):
        service.map_user("pbx", user, agent)
    assert told(backend, "mara") == HubSources(
        agent_id="mara",
        sources=(
            HubSource(source="cloud", dialect="sipgate", mine=0),
            HubSource(source="pbx", dialect="zammad", mine=2),
        ),
    )
    answer = backend.client(Role.AGENT, agent_id="nils").send("GET", PATH)
    assert [one["mine"] for one in answer.json()["sources"]] == [0, 1]
    assert "mara" not in answer.text.lower()


def test_only_an_agent_may_ask(backend: Backend) -> None:
    assert backend.client(Role.ANALYST, agent_id="vera").send("GET", PATH).status_code == 403
