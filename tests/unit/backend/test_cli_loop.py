"""`import`, `lapse`, `follow-ups`, `feedback`: the loop from the command line."""

from __future__ import annotations

import csv
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from nba_desktop.backend.cli import main
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import FeedbackReason, FollowUpKind, ResponseCode
from nba_desktop.contract.events import FollowUpPlanned, RecommendationQuestioned
from tests.fakes.backend_calls import in_call, objection, response, tell
from tests.fakes.backend_readings import kept
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import PORTAL_CATALOGUE

RESOURCES = Path(__file__).parents[3] / "resources"
TODAY = datetime.now(UTC)


class Site:
    def __init__(self, folder: Path, services: Services, captured: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.services = services
        self._captured = captured
        self.err = ""

    def run(self, *arguments: str, code: int = 0) -> str:
        try:
            ended = main([*arguments, "--data", str(self.folder)], RESOURCES)
        except SystemExit as end:
            ended = int(str(end.code))
        out, self.err = self._captured.readouterr()
        assert ended == code, self.err
        return out

    def export(self, *arguments: str) -> list[dict[str, str]]:
        out = self.folder / "out.csv"
        self.run("follow-ups", "export", "--out", str(out), "--by", "doris", "--reason", "Liste", *arguments)
        with out.open(encoding="utf-8", newline="") as text:
            return list(csv.DictReader(text))

    def reads(self) -> list[tuple[str, str, str]]:
        rows = kept(self.services.store, "follow-ups export")
        return [(row.agent_id, row.reason, row.customer_id) for row in rows]


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Site]:
    words = PORTAL_CATALOGUE.read_text(encoding="utf-8").replace("DECLINED_NO_NEED: 180", "THINKING: 30", 1)
    catalogue = tmp_path / "catalogue.yaml"
    catalogue.write_text(words, encoding="utf-8")
    with open_services(tmp_path, catalogue) as services:
        # Weeks ago, so that what the commands do now finds it over.
        services.clock.now = TODAY - timedelta(days=40)
        yield Site(tmp_path, services, capsys)


def accept(site: Site) -> None:
    yes = response(in_call(site.services), "SALES_SOLAR", ResponseCode.ACCEPTED_PENDING)
    assert tell(site.services, yes) == ["accepted"]


def promise(site: Site, kind: FollowUpKind, words: str = "") -> FollowUpPlanned:
    view = in_call(site.services)
    event = FollowUpPlanned(
        event_id=new_id(),
        contact_id=view.contact_id,
        seq=3,
        at=site.services.clock.now,
        kind=kind,
        due=date.today() - timedelta(days=1),  # noqa: DTZ011 (a day before whatever the site's is)
        words=words,
        decision_id=view.decision.decision_id,
        action_id="SALES_SOLAR",
    )
    assert tell(site.services, event) == ["accepted"]
    return event


def test_what_was_not_confirmed_lapses_once(site: Site) -> None:
    accept(site)
    assert site.run("lapse") == "1 acceptances were not confirmed in time and have lapsed\n"
    assert site.run("lapse").startswith("0 ")


def test_completions_are_taken_in_tried_out_and_not_twice(site: Site) -> None:
    file = site.folder / "done.csv"
    day = f"{TODAY - timedelta(days=1):%Y-%m-%d}"
    file.write_text(
        f"customer_no,action_id,outcome,at,remark\nK-104233,SALES_SOLAR,COMPLETED,{day},x\nK-1,A,COMPLETED,{day},x\n",
        encoding="utf-8",
    )
    out = site.run("import", "completions", str(file), "--dry-run", code=1)
    assert out.startswith("2 lines: 1 would be accepted, 0 known before, 1 would be refused")
    assert "columns that mean nothing here: remark" in site.err
    assert (site.folder / "done.csv.dry-run.verdicts.csv").exists()
    assert not (site.folder / "done.csv.verdicts.csv").exists()
    assert site.run("import", "completions", str(file), code=1).startswith("2 lines: 1 accepted, 0 known")
    assert site.run("import", "completions", str(file), code=1).startswith("2 lines: 1 accepted, 0 known")
    assert "was taken in on" in site.err
    assert site.run("import", "completions", str(file), "--again", code=1).startswith("2 lines: 0 accepted, 1 known")
    site.run("import", "completions", str(site.folder / "none.csv"), code=2)
    assert "none.csv cannot be read" in site.err


def test_a_terminal_shows_how_far_it_is(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    file = site.folder / "done.csv"
    file.write_text("customer_no,action_id,outcome,at\nK-104233,SALES_SOLAR,COMPLETED,2026-03-12\n", encoding="utf-8")
    site.run("import", "completions", str(file))
    assert "100%  1 of 1 lines, 0 refused" in site.err


def test_open_promises_of_a_kind_are_written_and_who_read_them_is_kept(site: Site) -> None:
    one = promise(site, FollowUpKind.CALLBACK, "=SUM(1)")
    promise(site, FollowUpKind.SEND_INFORMATION)
    (row,) = site.export("--kind", "callback")
    assert (row["reference"], row["customer_no"], row["kind"]) == (str(one.event_id), "K-104233", "callback")
    assert (row["due"], row["action_id"], row["action"]) == (one.due.isoformat(), "SALES_SOLAR", "Solardach")
    assert (row["words"], row["contact_point"]) == ("'=SUM(1)", "")
    assert site.reads() == [("doris", "Liste", "c-lisa")]
    if sys.platform != "win32":
        assert stat.S_IMODE((site.folder / "out.csv").stat().st_mode) == 0o600
    assert site.export("--kind", "callback", "--until", "2020-01-01") == []
    assert len(site.reads()) == 1


def test_a_reason_is_needed_and_the_options_fit_the_kind(site: Site) -> None:
    common = ("follow-ups", "export", "--out", str(site.folder / "x.csv"), "--by", "doris")
    site.run(*common, "--kind", "callback", "--reason", " ", code=2)
    site.run(*common, "--kind", "campaign", "--reason", "Liste", code=2)
    assert "needs --action and --channel" in site.err
    site.run(*common, "--kind", "callback", "--reason", "Liste", "--channel", "phone", code=2)
    site.run(*common, "--kind", "campaign", "--reason", "Liste", "--action", "NOPE", "--channel", "phone", code=2)
    assert "has no action NOPE" in site.err
    assert not (site.folder / "x.csv").exists()


CAMPAIGN = ("--kind", "campaign", "--action", "SALES_SOLAR", "--channel")


def think(site: Site, *codes: ResponseCode) -> None:
    view = in_call(site.services)
    moment = site.services.clock.now
    for seq, code in enumerate(codes, start=3):
        said = response(view, "SALES_SOLAR", code, seq, moment + timedelta(seconds=seq))
        assert tell(site.services, said) == ["accepted"]


def test_a_campaign_asks_again_whom_it_may_and_by_that_channel(site: Site) -> None:
    think(site, ResponseCode.THINKING)
    # Letters rest on legitimate interest, calls on a consent that nobody gave.
    (row,) = site.export(*CAMPAIGN, "post")
    assert (row["customer_no"], row["kind"], row["words"], row["channel"]) == (
        "K-104233",
        "campaign",
        "THINKING",
        "POST",
    )
    assert row["contact_point"] == "Lindenweg 12, 01067 Dresden"
    assert site.reads() == [("doris", "Liste", "c-lisa")]
    assert site.export(*CAMPAIGN, "phone") == []
    assert len(site.reads()) == 1


def test_who_objected_since_is_on_no_list_of_a_campaign(site: Site) -> None:
    think(site, ResponseCode.INTEREST_INFO)
    assert len(site.export(*CAMPAIGN, "post")) == 1
    assert tell(site.services, objection(in_call(site.services))) == ["accepted"]
    assert site.export(*CAMPAIGN, "post") == []


@pytest.mark.parametrize(
    ("codes", "days"),
    [
        ([ResponseCode.THINKING, ResponseCode.DECLINED_PRICE], 40),
        ([ResponseCode.INTEREST_INFO, ResponseCode.ACCEPTED_PENDING], 40),
        ([ResponseCode.DECLINED_PRICE], 40),
        ([ResponseCode.THINKING], 29),
    ],
)
def test_a_later_word_or_a_rest_takes_off_the_list(site: Site, codes: list[ResponseCode], days: int) -> None:
    site.services.clock.now = TODAY - timedelta(days=days)
    think(site, *codes)
    assert site.export(*CAMPAIGN, "post") == []


def test_feedback_is_listed_and_answered(site: Site) -> None:
    assert site.run("feedback", "list", "--by", "olaf") == "nothing waits for an answer\n"
    view = in_call(site.services)
    event = RecommendationQuestioned(
        event_id=new_id(),
        contact_id=view.contact_id,
        seq=3,
        at=view.decision.decided_at,
        decision_id=view.decision.decision_id,
        action_id="SALES_SOLAR",
        reason=FeedbackReason.WRONG,
        note="Preis",
    )
    assert tell(site.services, event) == ["accepted"]
    heading, row = site.run("feedback", "list", "--by", "olaf").splitlines()
    assert heading.split()[:3] == ["ID", "AT", "ACTION"]
    assert {str(event.event_id), "SALES_SOLAR", "wrong", "Preis"} <= set(row.split())
    site.run("feedback", "answer", str(event.event_id), "Stimmt, danke", "--by", "olga")
    assert site.run("feedback", "list", "--by", "olaf") == "nothing waits for an answer\n"
    site.run("feedback", "answer", str(event.event_id), "Nein", "--by", "olga", code=2)
    site.run("feedback", "answer", "x", "Nein", "--by", "olga", code=2)
    rows = kept(site.services.store, "feedback list", "feedback answer")
    assert [(row.agent_id, row.operation, row.basis, row.contact_id, row.customer_id) for row in rows] == [
        ("olaf", "feedback list", "task", view.contact_id, "c-lisa"),
        ("olga", "feedback answer", "task", view.contact_id, "c-lisa"),
    ]
