"""The consent officer hands a customer his data; nobody else does, and not without a reason."""

from __future__ import annotations

from nba_desktop.contract.codes import Role
from tests.unit.backend.api.conftest import Backend

PATH = "/v1/customers/K-104233/export"


def test_the_consent_officer_exports_with_a_reason_that_is_kept(backend: Backend) -> None:
    officer = backend.client(Role.CONSENT_OFFICER, agent_id="dana")
    assert officer.send("GET", PATH).json()["code"] == "reason_required"
    answer = officer.send("GET", PATH, params={"reason": "Antrag vom 1. März", "language": "en"})
    assert answer.headers["content-type"] == "application/json"
    data = answer.json()
    assert data["customer"][0]["first_name"] == "Lisa"
    assert data["readings"][-1]["reason"] == "Antrag vom 1. März"
    assert officer.send("GET", "/v1/customers/K-999999/export", params={"reason": "Antrag"}).status_code == 422


def test_nobody_else_exports(backend: Backend) -> None:
    for role in set(Role) - {Role.CONSENT_OFFICER}:
        client = backend.client(role, agent_id=f"is_{role.value}")
        assert client.send("GET", PATH, params={"reason": "Antrag"}).status_code == 403
