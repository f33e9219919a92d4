"""A small knowledge base in both languages."""

from __future__ import annotations

from nba_desktop.contract.base import Language
from nba_desktop.contract.knowledge import Article, KnowledgeBase
from tests.fakes.states.moments import said


def knowledge_base(language: Language = "de", version: str = "v1") -> KnowledgeBase:
    """What the backend answers: general articles, and one of an action."""

    def article(
        article_id: str, titles: tuple[str, str], texts: tuple[str, str], words: tuple[str, ...] = ()
    ) -> Article:
        return Article(article_id=article_id, title=said(language, *titles), text=said(language, *texts), words=words)

    calculated = Article(
        article_id="SRV_INSTALMENT/calculated",
        title=said(language, "So rechnet der Abschlag", "How the instalment is worked out"),
        text=said(
            language,
            "Jahresverbrauch × Preis ÷ 11 Abschläge.",
            "Yearly consumption × price ÷ 11 instalments.",
        ),
        action_id="SRV_INSTALMENT",
        topic=said(language, "Abschlag passend machen", "Make the instalment fit"),
    )
    return KnowledgeBase(
        version=version,
        language=language,
        articles=(
            article(
                "move",
                ("Umzug", "Moving house"),
                (
                    "Aufnehmen: Einzugstag, Adresse, Zählernummer und den Zählerstand am Tag des Auszugs.",
                    "Note the day of moving in, the address, the meter number and the reading on the day of leaving.",
                ),
                ("neue Adresse", "relocation"),
            ),
            article(
                "arrears",
                ("Zahlungsrückstand und Ratenzahlung", "Arrears and payment in parts"),
                (
                    "Freundlich, ohne Vorwurf. Einen Ratenplan bis zwölf Monate darf jede Kundenberaterin und jeder"
                    " Kundenberater zusagen. Vor einer Sperre sind die Fristen einzuhalten; auf Beratungsstellen"
                    " hinweisen. Keine Vertriebsaktion ansprechen.",
                    "Friendly, without reproach. Every agent may promise a plan of up to twelve months. Before any"
                    " supply cut the periods must be kept; point to advice centres. Raise no sales action.",
                ),
                ("Mahnung", "reminder"),
            ),
            calculated,
        ),
    )
