"""What decides now: read again only when a step was taken, and never lost to a version that no longer loads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from nba_desktop.backend.catalogues.installation import take_in
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.decisioning.arms import ramp_share
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.loader import catalogue_version
from nba_desktop.backend.errors import ConfigurationError, NotFound
from nba_desktop.backend.rows.catalogues import StepRow, VersionRow
from nba_desktop.backend.store.unit import SqlStore
from tests.fakes.backend_site import NOW
from tests.unit.backend.catalogues.contents import BROKEN, content

BROKEN_FILES = {"catalogue.yaml": BROKEN}


def take(store: SqlStore, files: dict[str, str], *steps: str, percent: int | None = None) -> str:
    """Steps of a version that people took, as another process stores them."""
    version = catalogue_version(files)
    with store.write() as unit:
        if unit.catalogues.by_version(version) is None:
            unit.catalogues.add(VersionRow(version, files, NOW, "ada", ""))
        for step in steps:
            actor = "ada" if step == "submitted" else "bob"
            share = percent if step == "ramped" else None
            unit.catalogues.append_step(StepRow(version, step, actor, NOW + timedelta(hours=1), share, ""))
    return version


def first(store: SqlStore) -> str:
    with store.write() as unit:
        take_in(unit, content(1), NOW, explicit=True, catalogues=LiveCatalogues())
    return catalogue_version(content(1))


def decides(live: LiveCatalogues, store: SqlStore, customer_id: str | None = None) -> str:
    with store.read() as unit:
        return live.for_customer(unit, customer_id).version


def watching(live: LiveCatalogues, store: SqlStore) -> Sequence[str]:
    with store.read() as unit:
        return [one.version for one in live.in_force(unit).shadows]


def loaded(live: LiveCatalogues, store: SqlStore, version: str) -> Catalogue:
    with store.read() as unit:
        return live.of_version(unit, version)


def test_the_next_decision_is_by_the_version_that_was_just_activated(store: SqlStore) -> None:
    live = LiveCatalogues()
    one = first(store)
    assert decides(live, store) == one
    two = take(store, content(2), "submitted", "approved", "activated")
    assert decides(live, store) == two
    take(store, content(2), "rolled_back")
    assert decides(live, store) == one


def test_nothing_is_read_again_until_a_step_was_taken(store: SqlStore) -> None:
    live = LiveCatalogues()
    one = first(store)
    with store.read() as unit:
        before = live.in_force(unit)
        assert live.in_force(unit) is before
    take(store, content(2), "submitted")
    with store.read() as unit:
        after = live.in_force(unit)
        assert after is not before
        # Compiled once, whatever is asked how often.
        assert after.live is before.live is live.of_version(unit, one)


def test_a_ramp_decides_for_its_share_of_the_customers_and_for_nobody_unknown(store: SqlStore) -> None:
    live = LiveCatalogues()
    one = first(store)
    two = take(store, content(2), "submitted", "approved", "ramped", percent=20)
    customers = [f"c-{number}" for number in range(400)]
    ramped = [customer for customer in customers if decides(live, store, customer) == two]
    assert ramped == [customer for customer in customers if ramp_share(customer, two) < 0.2]
    assert 40 <= len(ramped) <= 120
    assert decides(live, store, None) == one
    take(store, content(2), "ramped", percent=60)
    # Who was in stays in.
    assert {decides(live, store, customer) for customer in ramped} == {two}
    take(store, content(2), "rolled_back")
    assert {decides(live, store, customer) for customer in ramped} == {one}


def test_shadows_stand_beside_the_live_version(store: SqlStore) -> None:
    live = LiveCatalogues()
    first(store)
    two = take(store, content(2), "submitted", "shadowed")
    assert watching(live, store) == [two]
    take(store, content(2), "shadow_ended")
    assert watching(live, store) == []


def test_a_version_that_no_longer_loads_is_a_clear_error_at_the_start(store: SqlStore) -> None:
    first(store)
    broken = take(store, BROKEN_FILES, "submitted", "approved", "activated")
    with store.read() as unit, pytest.raises(ConfigurationError) as refused:
        LiveCatalogues().in_force(unit)
    assert f"version {broken} of the catalogue no longer loads" in str(refused.value)
    assert "unknown time zone 'Europe/Berlyn'" in str(refused.value)
    assert "catalogue show" in str(refused.value)


@pytest.mark.expected_log(r"no longer loads.*; version \w+ stays in force")
def test_while_serving_what_was_in_force_stays_when_the_next_does_not_load(
    store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    live = LiveCatalogues()
    one = first(store)
    assert decides(live, store) == one
    take(store, BROKEN_FILES, "submitted", "approved", "activated")
    assert [decides(live, store) for _ in range(3)] == [one] * 3
    # Once for the step, not for each decision.
    assert len(caplog.records) == 1
    two = take(store, content(2), "submitted", "approved", "activated")
    assert decides(live, store) == two


@pytest.mark.expected_log("it is left out as a shadow")
def test_a_shadow_that_does_not_load_stops_nothing(store: SqlStore) -> None:
    live = LiveCatalogues()
    one = first(store)
    take(store, BROKEN_FILES, "submitted", "shadowed")
    assert (decides(live, store), watching(live, store)) == (one, [])


def test_a_store_without_a_live_version_says_so(store: SqlStore) -> None:
    with store.read() as unit, pytest.raises(ConfigurationError, match="no version of the catalogue is live"):
        LiveCatalogues().in_force(unit)


def test_any_stored_version_can_be_asked_for_and_no_other(store: SqlStore) -> None:
    live = LiveCatalogues()
    drafts = [take(store, content(number), "submitted") for number in range(20)]
    assert [loaded(live, store, version).version for version in drafts] == drafts
    assert [loaded(live, store, version).version for version in drafts] == drafts
    with pytest.raises(NotFound, match="there is no version unknown"):
        loaded(live, store, "unknown")
