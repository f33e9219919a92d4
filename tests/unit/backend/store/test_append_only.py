"""What was said stays said: no statement of the backend changes or deletes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sqlalchemy import event

from nba_desktop.backend.catalogues.content import files_at
from nba_desktop.backend.decisioning.loader import catalogue_version
from nba_desktop.backend.decisions.learner import Learner
from nba_desktop.backend.rows.catalogues import StepRow, VersionRow
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose, OutcomeCode, ResponseCode
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import (
    ActionAddressed,
    ActionsShown,
    ConcernChosen,
    ConsentRecorded,
    ContactEnded,
    ContactNoteWritten,
    WrapUpFinished,
)
from tests.fakes.backend_calls import in_call, outcome, report, response, retraction, tell
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import NOW, PORTAL_CATALOGUE, Stores

SOURCE = Path(__file__).parents[4] / "nba_desktop" / "backend"

APPEND_ONLY = {
    "events",
    "decisions",
    "decision_actions",
    "exposures",
    "responses",
    "consent_events",
    "readings",
    "portal_decisions",
    "shadow_decisions",
    "outcomes",
    "learning_log",
    "model_snapshots",
    "catalogue_versions",
    "catalogue_steps",
}


def test_a_whole_call_and_what_comes_of_it_only_appends(tmp_path: Path, each_store: Stores) -> None:
    with open_services(tmp_path, PORTAL_CATALOGUE) as services:
        statements: list[str] = []

        def collect(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            statements.append(statement)

        def trace(connection: Any, *_rest: Any) -> None:
            connection.set_trace_callback(statements.append)

        engine = services.store._database._engine
        # The ledger is appended to straight by SQLite's driver, which says itself what it runs.
        if engine.dialect.name == "sqlite":
            event.listen(engine, "checkout", trace)
        else:
            event.listen(engine, "before_cursor_execute", collect)
        _put_in_shadow(services)
        view = in_call(services)
        _say_everything(services, view)
        teased = services.teasers.teasers(services.portal, "c-lisa", "home", None).decision_id
        assert report(
            services,
            outcome(NOW, OutcomeCode.REVOKED, view.decision.decision_id, action_id="SRV_BILL"),
            outcome(NOW, OutcomeCode.TEASER_DISMISSED, teased),
        ) == ["accepted", "accepted"]
        services.search.search(services.agent, "Müller", None, "Rückfrage", "de")
        with services.store.write() as unit:
            learner = Learner(services.store, services.catalogues.of_version, services.clock)
            learner.snapshot(unit, services.catalogues.in_force(unit).live)

    written = {match[1] for one in statements if (match := re.match(r"\s*INSERT INTO (\w+)", one))}
    changed = {match[2] for one in statements if (match := re.match(r"\s*(UPDATE|DELETE FROM) (\w+)", one))}
    assert written >= APPEND_ONLY
    assert changed == {"contacts", "consent_head"}


def _put_in_shadow(services: Services) -> None:
    ((name, text),) = files_at(PORTAL_CATALOGUE).items()
    files = {name: f"{text}# another version\n"}
    version = catalogue_version(files)
    with services.store.write() as unit:
        unit.catalogues.add(VersionRow(version, files, NOW, "carla", ""))
        for step in ("submitted", "shadowed"):
            unit.catalogues.append_step(StepRow(version, step, "carla", NOW, None, ""))


def _say_everything(services: Services, view: ContactView) -> None:
    def fact(seq: int) -> dict[str, Any]:
        return {"event_id": new_id(), "contact_id": view.contact_id, "seq": seq, "at": NOW}

    decision_id = view.decision.decision_id
    said = response(view, "SRV_BILL", ResponseCode.ACCEPTED_DONE, 6)
    assert view.consents is not None
    wording = view.consents.wordings[0]
    consent = {"customer_id": "c-lisa", "purpose": ConsentPurpose.ADV_OWN, "channel": ConsentChannel.PHONE}
    verdicts = tell(
        services,
        ConcernChosen(**fact(3), concern="bill"),
        ActionsShown(**fact(4), decision_id=decision_id, action_ids=("SRV_BILL",)),
        ActionAddressed(**fact(5), decision_id=decision_id, action_id="SRV_BILL"),
        said,
        retraction(view, said, 7),
        ConsentRecorded(
            **fact(8),
            **consent,
            event=ConsentEventType.GRANTED,
            wording_id=wording.wording_id,
            wording_sha256=wording.text_sha256,
            read_aloud_confirmed=True,
        ),
        ConsentRecorded(**fact(9), **consent, event=ConsentEventType.WITHDRAWN),
        ContactNoteWritten(**fact(10), text="Notiz"),
        ContactEnded(**fact(11), cause="normal", duration_s=60, held_s=10, waited_s=4),
        WrapUpFinished(**fact(12), seconds=30),
    )
    assert set(verdicts) == {"accepted"}


def test_no_code_of_the_backend_deletes_but_what_a_site_is_set_up_with() -> None:
    found = [
        str(file.relative_to(SOURCE))
        for file in sorted(SOURCE.rglob("*.py"))
        if re.search(r"\bdelete\(|\bDELETE FROM\b", file.read_text(encoding="utf-8"))
    ]
    # What the review counts follows from the events; accounts, teams and endpoints are set up like hooks; erasure and
    # the end of retention are what deleting is for; a number goes when the system that said it does not say it any
    # more, and what waited for a customer when it is over.
    kept_by = ("retention.py", "review_facts.py", "settings.py", "site_data.py", "subjects.py", "teams.py")
    allowed = ("access.py", "arrivals.py", "hooks.py", "outbound.py", *kept_by)
    assert found == [str(Path("store") / one) for one in allowed]
