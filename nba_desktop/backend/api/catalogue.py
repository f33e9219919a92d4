"""What the panel keeps of the catalogue for the time when the backend is away."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter

from nba_desktop.backend.api.auth import CatalogueReader
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.contract.base import Language
from nba_desktop.contract.contact import CatalogueHead
from nba_desktop.contract.knowledge import KnowledgeBase


def catalogue_router(
    head: Callable[[Language], CatalogueHead], knowledge: Callable[[Language], KnowledgeBase]
) -> APIRouter:
    """Return the routes under `/v1/catalogue`."""
    router = APIRouter(prefix="/v1/catalogue", tags=["catalogue"], responses=PROBLEM_RESPONSES)

    @router.get("", operation_id="read_catalogue_head")
    def read_catalogue_head(_caller: CatalogueReader, language: Language = "de") -> CatalogueHead:
        """The contact reasons of the site."""
        return head(language)

    @router.get("/knowledge", operation_id="read_catalogue_knowledge")
    def read_catalogue_knowledge(_caller: CatalogueReader, language: Language = "de") -> KnowledgeBase:
        """All further information of the catalogue."""
        return knowledge(language)

    return router
