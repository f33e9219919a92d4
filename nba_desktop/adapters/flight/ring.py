"""Records in a folder of small files, bounded in size: the oldest file goes first."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

Record = dict[str, Any]

_SEGMENTS: Final = 8
_NEEDED: Final[dict[str, dict[str, type]]] = {
    "start": {},
    "link": {"source": str, "state": str},
    "heard": {"source": str, "type": str, "text": str},
    "decision": {"event": dict, "verdict": str, "calls": list},
    "dropped": {"source": str, "code": str},
    "missed": {"count": int},
}
_NAME: Final = re.compile(r"([a-z]+)-([0-9]{8})\.jsonl")


class Ring:
    """Appends records to `folder`, at most `limit` bytes of them; only this user can read the files.

    A record is one line; each `append` ends with a flush, so that a killed process loses no record it has appended.
    Raises `OSError`.
    """

    def __init__(self, folder: Path, name: str, limit: int) -> None:
        self._folder = folder
        self._name = name
        self._limit = limit
        self._segment_limit = max(limit // _SEGMENTS, 1024)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        last = next(reversed(_segments(folder, name)), None)
        self._number = 1 if last is None else _number(last)
        self._descriptor = self._opened(torn=last is not None and not last.read_bytes().endswith(b"\n"))
        self._make_room()

    def append(self, records: list[Record]) -> None:
        """Write the records, then remove what is too old to be kept."""
        lines = b"".join(json.dumps(one, ensure_ascii=False).encode("utf-8", "replace") + b"\n" for one in records)
        while lines:
            cut = len(lines)
            if cut > self._segment_limit:
                # Cut behind a whole record, at least one.
                cut = lines.rfind(b"\n", 0, self._segment_limit) + 1 or lines.find(b"\n") + 1
            self._write(lines[:cut])
            lines = lines[cut:]

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)

    def _write(self, lines: bytes) -> None:
        if self._size and self._size + len(lines) > self._segment_limit:
            os.close(self._descriptor)
            self._number += 1
            self._descriptor = self._opened()
            self._make_room()
        while lines:
            written = os.write(self._descriptor, lines)
            self._size += written
            lines = lines[written:]

    def _opened(self, *, torn: bool = False) -> int:
        path = self._folder / f"{self._name}-{self._number:08d}.jsonl"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        self._size = os.fstat(descriptor).st_size
        if torn and self._size:
            # The next record must not become a part of a half one.
            self._size += os.write(descriptor, b"\n")
        return descriptor

    def _make_room(self) -> None:
        sizes = {path: path.stat().st_size for path in _segments(self._folder, self._name)}
        excess = sum(sizes.values()) + self._segment_limit - self._limit
        for path in list(sizes)[:-1]:
            if excess <= 0:
                return
            path.unlink()
            excess -= sizes[path]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a folder holds, in the order it happened; `torn` lines could not be read."""

    records: tuple[Record, ...]
    torn: int = 0


def read_records(folder: Path) -> Recorded:
    """Read every record of a folder; without the folder there are none. Raises `OSError`."""
    records: list[Record] = []
    torn = 0
    for path in sorted(folder.glob("*.jsonl")):
        if not _NAME.fullmatch(path.name):
            continue
        for line in path.read_bytes().splitlines():
            record = _record(line)
            if record is None:
                torn += 1
            else:
                records.append(record)
    return Recorded(tuple(sorted(records, key=lambda record: int(record["n"]))), torn)


def is_record(value: object) -> bool:
    """Whether `value` is a record with all that its kind needs; kinds of a later version are none."""
    if not isinstance(value, dict) or type(value.get("n")) is not int:
        return False
    needed = _NEEDED.get(value["kind"]) if isinstance(value.get("kind"), str) else None
    if needed is None or not all(isinstance(value.get(key), kind) for key, kind in needed.items()):
        return False
    try:
        at = datetime.fromisoformat(value["at"])
    except (KeyError, TypeError, ValueError):
        return False
    changes, lacking = value.get("calls", []), value.get("lacking", [])
    if not isinstance(changes, list) or not isinstance(lacking, list):
        return False
    return at.tzinfo is not None and all(
        isinstance(one, dict) and isinstance(one.get("id"), str) and isinstance(one.get("now"), str) for one in changes
    )


def _record(line: bytes) -> Record | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if is_record(record) else None


def _segments(folder: Path, name: str) -> list[Path]:
    return [path for path in sorted(folder.glob(f"{name}-*.jsonl")) if _NAME.fullmatch(path.name)]


def _number(path: Path) -> int:
    match = _NAME.fullmatch(path.name)
    return int(match[2]) if match else 0
