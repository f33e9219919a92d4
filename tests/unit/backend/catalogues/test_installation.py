"""Which catalogue a backend starts with."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nba_desktop.backend.catalogues.installation import take_in
from nba_desktop.backend.catalogues.lifecycle import INSTALLATION, Lives, lives_of
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.catalogues.versions import VersionService
from nba_desktop.backend.decisioning.loader import catalogue_version
from nba_desktop.backend.errors import CatalogueErrors, ConfigurationError
from nba_desktop.backend.rows.catalogues import StepRow, VersionRow
from nba_desktop.backend.store.unit import SqlStore
from tests.fakes.backend_site import NOW
from tests.unit.backend.catalogues.contents import BASE, BROKEN, content


def start(store: SqlStore, files: dict[str, str], explicit: bool = True) -> Lives:
    with store.write() as unit:
        take_in(unit, files, NOW + timedelta(days=1), explicit, catalogues=LiveCatalogues())
    with store.read() as unit:
        return lives_of(unit.catalogues.steps())


def test_the_first_start_takes_its_catalogue_in_and_makes_it_live(store: SqlStore) -> None:
    lives = start(store, content(1), explicit=False)
    assert lives.live == catalogue_version(content(1))
    assert lives.of[lives.live].submitted_by == INSTALLATION
    with store.read() as unit:
        row = unit.catalogues.by_version(lives.live)
        assert row is not None
        assert row.files == content(1)
        assert {one.retired_at for one in unit.consents.wordings()} == {None}


@pytest.mark.expected_log("the catalogue named with --catalogue, version")
def test_a_demo_follows_its_file_as_long_as_nobody_acts_by_versions(store: SqlStore) -> None:
    for number in (1, 2, 2, 1, 3):
        lives = start(store, content(number), explicit=True)
        assert lives.live == catalogue_version(content(number))
    assert len(lives.of) == 3
    with store.read() as unit:
        # A start with the same content takes no step.
        assert unit.catalogues.revision() == 8


def test_a_newer_sample_replaces_an_older_one_and_says_so(store: SqlStore, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="nba_desktop.backend.catalogues.installation")
    before = start(store, content(1), explicit=False).live
    after = start(store, content(2), explicit=False).live
    assert after == catalogue_version(content(2))
    assert caplog.messages == [
        f"the program's newer sample catalogue, version {after}, replaces its sample, version {before}"
    ]


@pytest.mark.expected_log("the catalogue named with --catalogue, version")
def test_a_sites_own_catalogue_stays_where_nothing_is_named(store: SqlStore, caplog: pytest.LogCaptureFixture) -> None:
    sample = start(store, content(1), explicit=False).live
    own = start(store, content(2), explicit=True).live
    assert caplog.messages == [
        f"the catalogue named with --catalogue, version {own}, is live from now on and replaces version {sample}"
    ]
    assert start(store, content(1), explicit=False).live == own
    assert start(store, content(3), explicit=False).live == own


def test_once_a_person_acted_the_store_decides(store: SqlStore) -> None:
    live = start(store, content(1)).live
    VersionService(store, lambda: NOW).submit(content(2), "ada")
    assert start(store, content(3), explicit=False).live == live
    assert start(store, content(1), explicit=True).live == live
    with pytest.raises(ConfigurationError, match="Start without --catalogue, or submit it") as refused:
        start(store, content(3), explicit=True)
    assert catalogue_version(content(3)) in str(refused.value)
    assert str(live) in str(refused.value)


def test_a_store_with_drafts_only_says_what_is_to_be_done(store: SqlStore) -> None:
    # As a store written by an earlier version may be.
    version = catalogue_version(content(2))
    with store.write() as unit:
        unit.catalogues.add(VersionRow(version, content(2), NOW, "ada", ""))
        unit.catalogues.append_step(StepRow(version, "submitted", "ada", NOW, None, ""))
    with pytest.raises(ConfigurationError, match="none of them is live: approve one"):
        start(store, content(1), explicit=False)
    service = VersionService(store, lambda: NOW)
    service.approve(version, "bob")
    service.activate(version, "bob")
    assert start(store, content(1), explicit=False).live == version


def test_a_broken_catalogue_leaves_what_was_live(store: SqlStore) -> None:
    live = start(store, content(1)).live
    with pytest.raises(CatalogueErrors, match="unknown time zone 'Europe/Berlyn'"):
        start(store, {"catalogue.yaml": BROKEN})
    assert start(store, content(1)).live == live


def test_an_edited_wording_is_refused_and_nothing_of_the_start_remains(store: SqlStore) -> None:
    live = start(store, content(1)).live
    edited = {"catalogue.yaml": BASE.replace("Darf die {company} Sie künftig anrufen", "Dürfen wir Sie anrufen")}
    with pytest.raises(ConfigurationError, match="a wording is never edited"):
        start(store, edited)
    with store.read() as unit:
        assert lives_of(unit.catalogues.steps()).live == live
        assert unit.catalogues.by_version(catalogue_version(edited)) is None
