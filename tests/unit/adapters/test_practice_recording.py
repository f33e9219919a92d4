"""The recordings of the practice say what the contract and the sample site say now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from nba_desktop import paths
from nba_desktop.adapters.practice_recording import (
    CALLS_FILE,
    Recording,
    Script,
    decision_name,
    load_recording,
    load_script,
)
from nba_desktop.backend.decisioning.loader import load_catalogue
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import QuietReason
from nba_desktop.domain.contact import Phase
from nba_desktop.domain.errors import SettingsError

FOLDER = paths.resource("practice")
DECISION = UUID("01980000-0000-7000-8000-000000000001")


@pytest.fixture(params=["de", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


@pytest.fixture
def recording(language: Language) -> Recording:
    return load_recording(FOLDER, language)


@pytest.fixture
def script() -> Script:
    return load_script(FOLDER)


def test_a_recording_has_every_field_of_the_contract_and_no_other(language: Language, recording: Recording) -> None:
    written: Any = json.loads((FOLDER / f"{language}.json").read_bytes())
    assert written == recording.model_dump(mode="json"), "run `make recordings`"


def test_a_recording_is_of_the_catalogue_as_it_is(recording: Recording) -> None:
    version = load_catalogue(paths.resource("sample", "catalogue")).version
    versions = {one.view.decision.catalogue_version for one in recording.customers.values()}
    assert versions | {recording.catalogue.version} == {version}, "run `make recordings`"


def test_every_call_of_the_script_is_recorded(recording: Recording, script: Script) -> None:
    assert {call.customer for call in script.calls} == set(recording.customers)
    for call in script.calls:
        assert recording.customers[call.customer].number == call.number
        assert {Phase(phase) for phase in call.says} >= {Phase.IDENTIFICATION, Phase.CONCERN, Phase.BRIDGE}


def test_there_is_a_price_question_with_two_actions_for_it(recording: Recording) -> None:
    decision = recording.customers["helmut-brandt"].decision(
        decision_name("price_change", True), DECISION, recording.at
    )
    shown = [one.action_id for one in decision.recommendations if not one.quiet]
    assert {"SRV_INSTALMENT", "RET_FIX12"} <= set(shown)


def test_there_is_a_complaint_that_keeps_the_call_quiet(recording: Recording) -> None:
    complaining = recording.customers["familie-berger"]
    for name in complaining.decisions:
        decision = complaining.decision(name, DECISION, recording.at)
        assert decision.quiet_because == (QuietReason.COMPLAINT,)
        assert {one.kind for one in decision.recommendations} == {"service"}


def test_there_is_a_caller_whose_number_nobody_knows(recording: Recording) -> None:
    assert recording.customers["lisa-sommer"].by_number is None


def test_a_decision_is_told_with_its_own_id_and_time(recording: Recording) -> None:
    customer = recording.customers["helmut-brandt"]
    decision = customer.decision(decision_name(None, None), DECISION, recording.at)
    assert (decision.decision_id, decision.decided_at) == (DECISION, recording.at)
    assert [one.rank for one in decision.recommendations] == [1, 2, 3]
    assert all(one.bridge for one in decision.recommendations)


@pytest.mark.parametrize("content", ["", "{}", '{"at": 3}'], ids=["empty", "nothing in it", "wrong"])
def test_a_damaged_recording_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "de.json").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"de\.json"):
        load_recording(tmp_path, "de")


def test_a_damaged_script_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="FileNotFoundError"):
        load_script(tmp_path)
    (tmp_path / CALLS_FILE).write_text("[[calls]", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"calls\.toml"):
        load_script(tmp_path)
