"""One catalogue of several files: which of its lists grow together, and where each entry came from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from nba_desktop.backend.decisioning.yaml_source import Document, KeyPath


def joined(documents: Sequence[Document], lists: Collection[str]) -> Document:
    """One document of all files: the `lists` are joined, anything else may stand in one file only."""
    whole = Document({}, {(): documents[0].mark(())})
    for document in documents:
        whole.errors.extend(document.errors)
        if document.content is None:
            continue
        if not isinstance(document.content, dict):
            whole.errors.append(document.mark(()).error("the file has no keys such as 'actions:'"))
            continue
        for key, content in document.content.items():
            _join(whole, document, key, content, lists)
    return whole


def _join(whole: Document, document: Document, key: str, content: Any, lists: Collection[str]) -> None:
    before = whole.content.get(key)
    if key not in whole.content:
        whole.content[key] = content
        shift = 0
    elif key in lists and isinstance(before, list) and isinstance(content, list):
        shift = len(before)
        whole.content[key] = before + content
    else:
        first = whole.key_marks[(key,)]
        whole.errors.append(
            document.key_marks[(key,)].error(f"'{key}' stands in {first.words} too", "keep it in one file")
        )
        return
    for marks, into in ((document.marks, whole.marks), (document.key_marks, whole.key_marks)):
        for path, mark in marks.items():
            if path[:1] == (key,):
                into.setdefault(_shifted(path, shift), mark)
    whole.grouped |= {_shifted(path, shift): text for path, text in document.grouped.items() if path[:1] == (key,)}


def _shifted(path: KeyPath, shift: int) -> KeyPath:
    if len(path) > 1 and isinstance(path[1], int):
        return (path[0], path[1] + shift, *path[2:])
    return path
