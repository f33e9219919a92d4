from __future__ import annotations

from pathlib import Path

import pytest

from nba_desktop.adapters.catalogue_cache import CatalogueCache
from nba_desktop.contract.base import Language
from nba_desktop.contract.contact import CatalogueHead, Concern
from tests.fakes.knowledge import knowledge_base


def head(language: Language = "de", label: str = "Zählerstand") -> CatalogueHead:
    return CatalogueHead(version="7", language=language, concerns=(Concern(code="meter_reading", label=label),))


def test_the_last_head_of_each_language_is_kept(tmp_path: Path) -> None:
    cache = CatalogueCache(tmp_path / "cache")
    cache.save(head("de", "alt"))
    cache.save(head("de"))
    cache.save(head("en", "Meter reading"))
    again = CatalogueCache(tmp_path / "cache")
    assert (again.load("de"), again.load("en")) == (head("de"), head("en", "Meter reading"))


def test_the_last_knowledge_of_each_language_is_kept_beside_the_head(tmp_path: Path) -> None:
    cache = CatalogueCache(tmp_path)
    cache.save(head())
    cache.save_knowledge(knowledge_base("de", "old"))
    cache.save_knowledge(knowledge_base("de"))
    assert cache.load_knowledge("de") == knowledge_base("de")
    assert (cache.load("de"), cache.load_knowledge("en")) == (head(), None)


def test_without_a_file_there_is_no_head(tmp_path: Path) -> None:
    assert CatalogueCache(tmp_path / "nowhere").load("de") is None


@pytest.mark.parametrize("content", [b"", b"garbage", b"\xff\xff", b"[]", head("en").model_dump_json().encode()])
def test_a_file_that_is_no_head_of_the_language_is_none_and_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "catalogue-de.json").write_bytes(content)
    cache = CatalogueCache(tmp_path)
    assert cache.load("de") is None
    cache.save(head())
    assert cache.load("de") == head()


@pytest.mark.expected_log(r"catalogue_cache: the catalogue cannot be cached")
def test_a_cache_that_cannot_be_written_is_logged_and_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    CatalogueCache(tmp_path / "cache").save(head())
