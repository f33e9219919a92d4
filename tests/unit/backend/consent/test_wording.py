"""A wording is never edited: what was in force when stays known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nba_desktop.backend.consent.wording import register_wordings
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.contract.consent import ConsentWording
from tests.fakes.backend_services import WORDINGS, Services
from tests.fakes.backend_site import NOW

CALLS, MAIL = WORDINGS["de"]
LATER = NOW + timedelta(days=1)


def register(services: Services, *wordings: ConsentWording) -> None:
    with services.store.write() as unit:
        register_wordings(unit.consents, wordings, LATER)


def retired(services: Services) -> set[str]:
    with services.store.read() as unit:
        return {wording.wording_id for wording in unit.consents.wordings() if wording.retired_at is not None}


def test_the_same_catalogue_changes_nothing(services: Services) -> None:
    with services.store.read() as unit:
        before = unit.consents.wordings()
    register(services, *WORDINGS["de"], *WORDINGS["en"])
    with services.store.read() as unit:
        assert unit.consents.wordings() == before


def test_a_wording_that_is_gone_is_retired_and_stays_known(services: Services) -> None:
    register(services, CALLS, *WORDINGS["en"])
    assert retired(services) == {MAIL.wording_id}


def test_an_edited_wording_is_refused_with_the_way_out(services: Services) -> None:
    edited = CALLS.model_copy(update={"text": "Anders?", "text_sha256": "9" * 64})
    with pytest.raises(ConfigurationError, match="version 2"):
        register(services, edited, MAIL, *WORDINGS["en"])
    assert retired(services) == set()


def test_a_new_version_takes_over(services: Services) -> None:
    second = CALLS.model_copy(
        update={"wording_id": "CALLS.de.v2", "version": 2, "text": "Anders?", "text_sha256": "9" * 64}
    )
    register(services, second, MAIL, *WORDINGS["en"])
    assert retired(services) == {CALLS.wording_id}


def test_going_back_to_an_earlier_catalogue_brings_its_wording_back(services: Services) -> None:
    register(services, MAIL, *WORDINGS["en"])
    assert retired(services) == {CALLS.wording_id}
    register(services, CALLS, MAIL, *WORDINGS["en"])
    assert retired(services) == set()
