"""A running server follows what other processes do with versions of the catalogue: at once, without a restart."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.e2e.calls import authenticated_call
from tests.e2e.processes import Site, rows, run, run_here, site_backend
from tests.fakes.backend_site import NOW, Client

SAMPLE = Path(__file__).parents[3] / "resources" / "sample" / "catalogue"

pytestmark = pytest.mark.timeout(180)


def catalogue(site: Site, *arguments: str) -> str:
    """What the `catalogue` command of a process other than the server's prints."""
    ended = run_here("backend", "catalogue", *arguments, "--data", str(site.data))
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def refused(site: Site, *arguments: str) -> str:
    ended = run_here("backend", "catalogue", *arguments, "--data", str(site.data))
    assert ended.returncode == 2, ended.stdout
    return ended.stderr


def decided_by(site: Site) -> str:
    """The version that decides for Helmut in a call that comes now, as the panel is told and as the record says."""
    ((customer_id, number),) = rows(
        site.data,
        "SELECT customer_id, e164 FROM customers JOIN customer_phones USING (customer_id)"
        " WHERE first_name = 'Helmut' ORDER BY customer_id LIMIT 1",
    )
    decision = authenticated_call(Client(site.url, site.token), number, customer_id, NOW).decision
    ((stored, record),) = rows(
        site.data, f"SELECT catalogue_version, record FROM decisions WHERE decision_id = '{decision.decision_id.hex}'"
    )
    assert stored == json.loads(record)["catalogue_version"] == decision.catalogue_version
    return decision.catalogue_version


def test_versions_come_into_force_and_go_while_the_server_runs(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(SAMPLE, mine)
    sales = mine / "sales.yaml"
    sales.write_text(sales.read_text(encoding="utf-8") + "\n# cheaper this spring\n", encoding="utf-8")
    with site_backend(tmp_path / "data") as site:
        first = decided_by(site)
        assert f"{first}  live" in catalogue(site, "list")

        second = catalogue(site, "submit", str(mine), "--by", "ada", "--note", "spring").strip()
        assert "a second person has to approve it" in refused(site, "approve", second, "--by", "ada")
        assert "waits for a second person's approval" in refused(site, "activate", second, "--by", "ada")
        catalogue(site, "approve", second, "--by", "bob")
        assert decided_by(site) == first

        catalogue(site, "shadow", second, "--by", "bob")
        assert decided_by(site) == first
        assert rows(site.data, "SELECT DISTINCT catalogue_version FROM shadow_decisions") == [(second,)]

        catalogue(site, "activate", second, "--by", "bob")
        assert decided_by(site) == second
        catalogue(site, "rollback", "--by", "bob", "--reason", "complaints")
        assert decided_by(site) == first

    # Now that people decide by versions, a file does not: named, it is refused, and without it the live one serves.
    named = run("backend", "serve", "--data", str(site.data), "--port", "0", "--catalogue", str(mine))
    assert named.returncode == 2
    assert f"the catalogue named with --catalogue is version {second}, live is {first}" in named.stderr
    with site_backend(site.data) as again:
        assert decided_by(again) == first
