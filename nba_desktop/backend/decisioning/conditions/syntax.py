"""From the text of a condition to Python's syntax tree, and from a node of it back to its place in the text."""

from __future__ import annotations

import ast
import re
import warnings
from typing import Final

from nba_desktop.backend.errors import ConditionError

_FOREIGN_WORDS: Final = {
    "=>": ">=",
    "=<": "<=",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "<>": "!=",
    "&&": "and",
    "||": "or",
    **dict.fromkeys(("AND", "And", "und", "Und", "UND"), "and"),
    **dict.fromkeys(("OR", "Or", "oder", "Oder", "ODER"), "or"),
    **dict.fromkeys(("NOT", "Not", "nicht", "Nicht", "NICHT"), "not"),
}
_QUOTED: Final = re.compile(r""""[^"]*"|'[^']*'""")


def syntax_tree(source: str) -> ast.expr:
    """Parse `source` as one Python expression without comments; raise `ConditionError` where it is none."""
    # A condition may run over several lines, so it is parsed as one; every character keeps its place.
    flat = re.sub(r"[\r\n\t\f]", " ", source)
    body = flat.lstrip()
    indent = len(flat) - len(body)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = ast.parse(body, mode="eval").body
    except SyntaxError as error:
        line, column = _place(source, indent + max((error.offset or 1) - 1, 0))
        raise ConditionError("this is not a condition", line, column, _syntax_hint(source)) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise ConditionError(
            "this is not a condition", suggestion="use plain characters and few parentheses"
        ) from error
    # Python would drop a comment together with whatever stands behind it.
    in_texts = sum(
        node.value.count("#")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    if source.count("#") != in_texts:
        line, column = _place(source, source.index("#"))
        raise ConditionError("a condition holds no comment", line, column, "write the comment on a line of its own")
    return tree


def mistake(source: str, node: ast.expr | ast.keyword, message: str, suggestion: str = "") -> ConditionError:
    """The error at the place of `node`, which comes from `syntax_tree(source)`."""
    # Offsets count the UTF-8 bytes of the text without its leading blanks.
    body = source.lstrip()
    chars = len(body.encode()[: node.col_offset].decode(errors="ignore"))
    line, column = _place(source, len(source) - len(body) + chars)
    return ConditionError(message, line, column, suggestion)


def _place(source: str, index: int) -> tuple[int, int]:
    before = source[:index]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _syntax_hint(source: str) -> str:
    bare = _QUOTED.sub(" ", source)
    quote = re.search("[„“”‚‘’«»]", bare)
    if quote is not None:
        return f"""write plain quotes, "…", instead of {quote.group()}"""
    for foreign, own in _FOREIGN_WORDS.items():
        if re.search(rf"\b{foreign}\b", bare) if foreign.isalpha() else foreign in bare:
            return f"write '{own}' instead of '{foreign}'"
    if re.search("[\"']", bare):
        return "a quote is not closed"
    for opening, closing in ("()", "[]"):
        missing = bare.count(opening) - bare.count(closing)
        if missing:
            return f"a '{closing if missing > 0 else opening}' is missing"
    return "write '==' to compare" if "=" in re.sub("[=!<>]=", "", bare) else ""


_KINDS: Final[dict[type[ast.expr], str]] = {
    ast.Call: "a call",
    ast.BinOp: "arithmetic",
    ast.Attribute: "a dot",
    ast.Subscript: "an index",
    ast.Lambda: "a lambda",
    ast.IfExp: "if … else",
    ast.NamedExpr: "an assignment",
    ast.Constant: "a fixed value",
    ast.Tuple: "a list",
    ast.List: "a list",
    ast.Set: "a list",
    ast.Dict: "a dictionary",
    ast.JoinedStr: "a text with gaps",
    ast.ListComp: "a loop",
    ast.SetComp: "a loop",
    ast.DictComp: "a loop",
    ast.GeneratorExp: "a loop",
    ast.Starred: "a star",
}


def kind_of(node: ast.expr) -> str:
    """What a forbidden construct is called in messages."""
    return _KINDS.get(type(node), "this")
