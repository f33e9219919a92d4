"""`simulate`, `evaluate`, `replay`: loaded only when asked for, and fed with our own decisions."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from nba_desktop.backend.cli import main
from nba_desktop.backend.commands.logged_decisions import read_log
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.opening import now_utc, open_store
from nba_desktop.backend.tokens import TokenService
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ActionKind, ResponseCode, Role
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import ActionAddressed, ActionsShown, ConcernSolved, ResponseRecorded
from tests.fakes.backend_site import LISA, NOW, Client, authenticated, backend_app, serving, started

ROOT = Path(__file__).parents[3]
RESOURCES = ROOT / "resources"
SAMPLE = RESOURCES / "sample" / "catalogue"

WITHOUT = """
import sys
from pathlib import Path
for name in sys.argv[1].split(","):
    sys.modules[name] = None
from nba_desktop.backend.cli import main
sys.exit(main(sys.argv[2:], Path("resources")))
"""


def without(modules: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command in an installation that does not have some packages."""
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, modules, *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip


def test_a_server_and_its_commands_need_no_package_of_the_extra() -> None:
    ended = without("polars,matplotlib", "catalogue", "attributes")
    assert ended.returncode == 0, ended.stderr


def test_a_missing_package_is_named_with_the_extra_that_brings_it(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    ended = without("polars,matplotlib", "simulate", "--customers", "5", "--html", str(page))
    assert ended.returncode == 2
    assert "which this installation does not have: install nba-desktop[precompute]" in ended.stderr
    assert not page.exists()


@pytest.mark.parametrize(
    ("command", "option"), [("simulate", "--customers"), ("evaluate", "--file"), ("replay", "--mapping")]
)
def test_each_command_explains_its_options(command: str, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([command, "--help"], RESOURCES)
    assert end.value.code == 0
    assert option in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("evaluate", "--data", "{folder}"), "there is no backend's database in"),
        (("evaluate", "--file", "{folder}/none.csv"), "none.csv"),
        (("replay", "--data", "{folder}/none.csv", "--mapping", "{folder}/none.yaml"), "none"),
        (("simulate", "--customers", "none"), "--customers"),
    ],
)
def test_what_cannot_be_used_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    try:
        code = main([one.format(folder=tmp_path) for one in arguments], RESOURCES)
    except SystemExit as end:
        code = int(str(end.code))
    assert code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err


def test_our_own_decisions_are_evaluated_with_their_four_facts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (
        backend_app(tmp_path, resources=RESOURCES, catalogue=SAMPLE) as app,
        open_store(BackendConfig(data=tmp_path, resources=RESOURCES)) as store,
        serving(app) as url,
    ):
        with store.write() as unit:
            unit.customers.add([LISA], [])
        client = Client(url, TokenService(store, now_utc).create("anna", frozenset({Role.AGENT})))
        start = started("+493511234567")
        client.post("/v1/contacts", start)
        answer = client.post(f"/v1/contacts/{start.contact_id}/caller", authenticated(start.contact_id))
        decision = ContactView.model_validate(answer.json()).decision
        chosen, *others = (one.action_id for one in decision.recommendations)
        about = {"contact_id": start.contact_id, "at": NOW, "decision_id": decision.decision_id}
        client.post_events(
            ActionsShown(event_id=new_id(), seq=3, action_ids=(chosen, *others), **about),
            ActionAddressed(event_id=new_id(), seq=4, action_id=chosen, **about),
            ResponseRecorded(event_id=new_id(), seq=5, action_id=chosen, code=ResponseCode.ACCEPTED_DONE, **about),
        )
        # What the agent says later is decided anew, without the action that was accepted: still the same call.
        solved = ConcernSolved(event_id=new_id(), contact_id=start.contact_id, seq=6, at=NOW, solved=True)
        assert client.post(f"/v1/contacts/{start.contact_id}/concern", solved).ok
    today = now_utc().date()
    since, until = today - timedelta(days=2), today + timedelta(days=2)

    def logged(since: date | None, until: date | None) -> list[str]:
        args = argparse.Namespace(data=tmp_path, database=None, resources=RESOURCES, since=since, until=until)
        return [one.decision_id for one in read_log(args)]

    # The decision for a candidate, before he was authenticated, offered nothing and does not count.
    assert logged(None, None) == logged(since, until) == [str(decision.decision_id)]
    assert logged(until, None) == logged(None, since) == []
    args = argparse.Namespace(data=tmp_path, database=None, resources=RESOURCES, since=None, until=None)
    (one,) = read_log(args)
    assert one.customer_id == LISA.customer_id
    assert [exposure.action_id for exposure in one.slate] == [chosen, *others]
    first = one.slate[0]
    assert (first.shown, first.addressed, first.responded, first.label, first.completed) == (True, True, True, 1, False)
    assert {(rest.shown, rest.addressed, rest.responded, rest.label) for rest in one.slate[1:]} == {
        (True, False, False, None)
    }
    assert all(0 < exposure.shown_probability <= 1 for exposure in one.slate)
    services = {rec.action_id for rec in decision.recommendations if rec.kind is ActionKind.SERVICE}
    assert services == {each.action_id for each in one.candidates if each.service} & {chosen, *others}

    assert main(["evaluate", "--data", str(tmp_path), "--json"], RESOURCES) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["funnel"]["decisions"] == 1
