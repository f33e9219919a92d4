"""`sign_in.yaml`: every mistake is said with its place; the sample is without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from nba_desktop.backend.errors import CatalogueErrors
from nba_desktop.backend.sign_in.reading import read_sign_in
from nba_desktop.contract.codes import Role
from tests.fakes.decisions import RESOURCES

GOOD = """\
issuer: https://login.example/realms/site
audience: nba-backend
roles_claim: realm_access.roles
roles: {nba-agent: agent, nba-lead: [team_lead, analyst]}
agent_claim: agent_id
"""


def mistakes(folder: Path, text: str) -> list[str]:
    file = folder / "sign_in.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueErrors) as raised:
        read_sign_in(file)
    return [str(one).removeprefix("sign_in.yaml:") for one in raised.value.errors]


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("issuer:", "isuer:", "1:1: unknown key 'isuer' – did you mean 'issuer'?"),
        ("audience: nba-backend\n", "", "1:1: 'audience' is missing – docs/admin-guide.md shows one"),
        ("https://", "http://", "1:9: keys that came in the clear prove nothing: write https://"),
        ("https://", "https://me:pw@", "1:9: the address has no user, no password and no '#'"),
        ("realms/site", "realms?site", "1:9: an issuer has no '?'"),
        ("https://login.example", "login.example", "1:9: the address is not https://…"),
        ("login.example/", "login:example/", "1:9: the address cannot be read"),
        ("realms/site", "realms/Süd", "1:9: an address has ASCII characters only"),
        ("nba-backend", '""', "2:12: 'audience' is empty"),
        ("nba-backend", "[a, b]", "2:11: 'audience' is not written as it must be"),
        ("realm_access.roles", "[]", "3:14: at least one entry is needed"),
        ("realm_access.roles", "{a: b}", "3:14: a text or a list is expected here"),
        ("nba-agent: agent", "nba-agent: agnet", "4:20: there is no such role – did you mean 'agent'?"),
        ("[team_lead, analyst]", "[]", "4:37: at least one entry is needed"),
        ("{nba-agent: agent, nba-lead: [team_lead, analyst]}", "{}", "4:8: at least one entry is needed"),
        ("{nba-agent: agent, nba-lead: [team_lead, analyst]}", "agent", "4:8: keys and values are expected here"),
        ("agent_claim: agent_id", "agent_claim: agent_id\nalgorithms: [HS256]", "6:14: this algorithm is not allowed"),
        ("agent_claim: agent_id", "agent_claim: agent_id\nalgorithms: [none]", "6:14: this algorithm is not allowed"),
        ("agent_claim: agent_id", "agent_claim: agent_id\nalgorithms: []", "6:13: at least one entry is needed"),
        ("agent_claim: agent_id", "agent_claim: agent_id\nleeway_s: 121", "6:11: 121 is too large – at most 120"),
        ("agent_claim: agent_id", "agent_claim: agent_id\nleeway_s: -1", "6:11: -1 is too small – at least 0"),
        ("agent_claim: agent_id", "agent_claim: agent_id\nat_jwt_only: perhaps", "'at_jwt_only' is not written as it"),
        ("agent_claim: agent_id", "agent_claim: agent_id\nproxy: proxy:3128", "6:8: 'proxy' is not written as it"),
        ("agent_claim: agent_id", "agent_claim: agent_id\njwks_uri: ftp://x", "6:11: the address is not https://…"),
        ("issuer", "\t", "this is not YAML"),
    ],
)
def test_a_mistake_is_said_with_its_place_and_the_way_out(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    assert was in GOOD
    found = mistakes(tmp_path, GOOD.replace(was, becomes, 1))
    assert any(says in one for one in found), found


def test_every_mistake_is_said_at_once(tmp_path: Path) -> None:
    assert len(mistakes(tmp_path, "issuer: http://login.example\nleeway_s: 500\n")) == 6


def test_a_file_says_what_tokens_mean_here(tmp_path: Path) -> None:
    file = tmp_path / "sign_in.yaml"
    file.write_text(GOOD, encoding="utf-8")
    entry = read_sign_in(file)
    assert entry.roles == {"nba-agent": (Role.AGENT,), "nba-lead": (Role.TEAM_LEAD, Role.ANALYST)}
    assert entry.allowed == {"RS256", "PS256", "ES256"}
    assert entry.leeway_s == 30


def test_one_signature_has_two_names(tmp_path: Path) -> None:
    file = tmp_path / "sign_in.yaml"
    file.write_text(GOOD + "algorithms: [EdDSA]\n", encoding="utf-8")
    assert read_sign_in(file).allowed == {"EdDSA", "Ed25519"}


def test_the_sample_is_without_mistake_and_names_every_role() -> None:
    entry = read_sign_in(RESOURCES / "sample" / "sign_in.yaml")
    assert {role for roles in entry.roles.values() for role in roles} == set(Role)
