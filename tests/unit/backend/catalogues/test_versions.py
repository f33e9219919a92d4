"""What people do with versions, on a real store: each step is kept, or refused with nothing changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nba_desktop.backend.catalogues.installation import take_in
from nba_desktop.backend.catalogues.lifecycle import Ramp
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.catalogues.versions import VersionService
from nba_desktop.backend.decisioning.loader import catalogue_version
from nba_desktop.backend.errors import CatalogueErrors, ConfigurationError, LifecycleError
from nba_desktop.backend.rows.catalogues import StepRow
from nba_desktop.backend.store.unit import SqlStore
from tests.fakes.backend_site import NOW
from tests.unit.backend.catalogues.contents import BASE, BROKEN, PERSONAS, UNHAPPY, content


@pytest.fixture
def service(store: SqlStore) -> VersionService:
    """The service of a site whose first version was taken in at its start."""
    with store.write() as unit:
        take_in(unit, content(1), NOW, explicit=True, catalogues=LiveCatalogues())
    moments = iter(NOW + timedelta(minutes=minute) for minute in range(1, 1000))
    return VersionService(store, lambda: next(moments))


def revision(store: SqlStore) -> int:
    with store.read() as unit:
        return unit.catalogues.revision()


def last_step(store: SqlStore) -> StepRow:
    with store.read() as unit:
        return unit.catalogues.steps()[-1]


def approved(service: VersionService, number: int) -> str:
    version = service.submit(content(number), "ada")
    service.approve(version, "bob")
    return version


def test_a_version_goes_from_submitted_to_live_and_back(service: VersionService, store: SqlStore) -> None:
    first = catalogue_version(content(1))
    version = service.submit(content(2), "ada", "cheaper")
    assert version == catalogue_version(content(2))
    name, (persona,) = service.approve(version[:5], "bob", "looked at the texts")
    assert (name, persona.passed, persona.shown) == (version, True, ("SRV_BILL",))
    assert service.activate(version, "bob").live == version
    assert service.roll_back("cleo", "too many complaints", version[:6])[0] == version
    assert (last_step(store).step, last_step(store).version) == ("came_back", first)
    assert last_step(store).note == "too many complaints"
    assert service.stored("live") == (first, content(1))
    with pytest.raises(LifecycleError, match="nothing to go back to"):
        service.roll_back("cleo")
    assert service.stored(version[:6]) == (version, content(2))
    assert [one.life.version for one in service.versions()] == [first, version]


def test_a_rollback_of_a_named_version_takes_back_no_other(service: VersionService, store: SqlStore) -> None:
    first, second = catalogue_version(content(1)), approved(service, 2)
    service.activate(second, "bob")
    before = revision(store)
    with pytest.raises(LifecycleError, match=f"would take back version {second}, not {first}: nothing was changed"):
        service.roll_back("cleo", version=first)
    assert revision(store) == before


def test_without_personas_nothing_is_approved(service: VersionService, store: SqlStore) -> None:
    version = service.submit({"catalogue.yaml": BASE}, "ada")
    with pytest.raises(LifecycleError, match="cannot be approved: it has no personas"):
        service.approve(version, "bob")


def test_the_first_catalogue_of_a_backend_is_the_one_it_starts_with(store: SqlStore) -> None:
    with pytest.raises(LifecycleError, match="this backend has no catalogue yet: start it once"):
        VersionService(store, lambda: NOW).submit(content(2), "ada")


def test_the_same_person_cannot_approve_and_nothing_is_kept(service: VersionService, store: SqlStore) -> None:
    version = service.submit(content(2), "Ada Arndt")
    before = revision(store)
    with pytest.raises(LifecycleError, match="a second person has to approve"):
        service.approve(version, "ada  arndt")
    assert revision(store) == before


def test_personas_have_to_pass_before_a_version_is_approved(service: VersionService, store: SqlStore) -> None:
    version = service.submit(content(2, UNHAPPY), "ada")
    before = revision(store)
    with pytest.raises(LifecycleError) as refused:
        service.approve(version, "bob")
    assert f"version {version} is a draft and cannot be approved: 1 of 1 personas" in str(refused.value)
    assert "persona LEFT_ALONE: never expected: SRV_BILL" in str(refused.value)
    assert revision(store) == before


def test_a_share_of_100_percent_is_live(service: VersionService, store: SqlStore) -> None:
    version = approved(service, 2)
    assert service.activate(version, "bob", 2).ramp == Ramp(version, 2)
    assert last_step(store).percent == 2
    lives = service.activate(version, "bob", 100)
    assert (lives.live, lives.ramp) == (version, None)
    assert last_step(store).step == "activated"


def test_a_shadow_is_started_and_stopped(service: VersionService) -> None:
    version = service.submit(content(2), "ada")
    assert service.shadow(version, "ada").shadows == (version,)
    (_, listed) = service.versions()
    assert listed.state == "draft, in shadow"
    assert service.shadow(version, "ada", stop=True).shadows == ()


def test_a_catalogue_with_mistakes_is_not_submitted(service: VersionService, store: SqlStore) -> None:
    before = revision(store)
    with pytest.raises(CatalogueErrors, match="unknown time zone 'Europe/Berlyn'"):
        service.submit({"catalogue.yaml": BROKEN}, "ada")
    assert revision(store) == before
    assert len(service.versions()) == 1


def test_a_retired_version_is_submitted_again_under_its_name(service: VersionService) -> None:
    version = service.submit(content(2), "ada")
    assert service.retire(version, "ada", "not needed") == version
    assert service.submit(content(2), "bob") == version
    with pytest.raises(LifecycleError, match="a draft that bob submitted"):
        service.approve(version, "bob")
    service.approve(version, "ada")
    assert [one.step for one in service.versions()[-1].steps] == ["submitted", "retired", "submitted", "approved"]


def test_nobody_goes_by_the_name_of_the_installation(service: VersionService) -> None:
    with pytest.raises(LifecycleError, match="'installation' is nobody's name"):
        service.submit(content(2), "Installation")


def test_versions_are_named_by_what_only_one_begins_with(service: VersionService) -> None:
    with pytest.raises(LifecycleError, match="there is no version zzz: `catalogue list`"):
        service.stored("zzz")
    with pytest.raises(LifecycleError, match="there is no version"):
        service.stored("")
    names: dict[str, list[str]] = {}
    for number in range(2, 40):
        version = service.submit(content(number), "ada")
        names.setdefault(version[0], []).append(version)
    several = next(one for one in names.values() if len(one) > 1)
    with pytest.raises(LifecycleError, match=f"several versions begin with {several[0][0]}"):
        service.stored(several[0][0])


def test_nothing_can_be_rolled_back_before_anything_is_live(store: SqlStore) -> None:
    empty = VersionService(store, lambda: NOW)
    with pytest.raises(LifecycleError, match="no version is live: there is nothing to roll back"):
        empty.roll_back("ada")
    with pytest.raises(LifecycleError, match="no version is live yet: submit one"):
        empty.stored("live")


def test_the_wordings_of_all_versions_that_decide_are_in_force(service: VersionService, store: SqlStore) -> None:
    def in_force() -> set[tuple[str, int]]:
        with store.read() as unit:
            return {(one.wording_id, one.version) for one in unit.consents.wordings() if one.retired_at is None}

    newer = BASE.replace("    channels: [EMAIL]\n    version: 1\n", "    channels: [EMAIL]\n    version: 2\n")
    old = in_force()
    assert len(old) == 4
    version = service.submit({"catalogue.yaml": newer + PERSONAS}, "ada")
    service.approve(version, "bob")
    assert in_force() == old
    service.activate(version, "bob", 10)
    both = in_force()
    assert len(both) == 6
    service.activate(version, "bob")
    assert len(in_force()) == 4
    assert in_force() < both
    service.roll_back("bob")
    assert in_force() == old


def test_an_edited_wording_is_found_when_the_version_is_submitted(service: VersionService, store: SqlStore) -> None:
    edited = BASE.replace("Darf die {company} Sie künftig anrufen", "Dürfen wir Sie anrufen")
    before = revision(store)
    with pytest.raises(ConfigurationError, match="a wording is never edited"):
        service.submit({"catalogue.yaml": edited}, "ada")
    assert revision(store) == before
