"""The rivals' side of the measurement: another interpreter, asked line by line."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parents[3]
PYTHON = ROOT / "build" / "bench-env" / "bin" / "python"
WORKER = Path(__file__).with_name("rival_worker.py")


class RivalError(RuntimeError):
    """The rivals' process ended early; what it said stands above."""


class Rivals:
    """One worker process in the rivals' own environment; a context manager that ends it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [PYTHON, "-I", WORKER],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._process.kill()
        with self._process:
            pass

    def prepare(self, rival: str, name: str, **order: Any) -> list[Any]:
        """Build a block of decisions; what it decides for each customer."""
        answers: list[Any] = self._ask({"order": "prepare", "rival": rival, "name": name, **order})
        return answers

    def microseconds(self, name: str) -> float:
        """Run a block once; CPU microseconds a customer."""
        return float(self._ask({"order": "time", "name": name}))

    def bank(self, rival: str, file: Path) -> tuple[list[float], float]:
        """One pass, predict then learn, over the rows in `file`; the predictions, and CPU microseconds a row."""
        answer = self._ask({"order": "bank", "rival": rival, "file": str(file)})
        return answer["predicted"], answer["us_per_row"]

    def _ask(self, order: dict[str, Any]) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise RivalError(f"the rivals' process ended before {order['order']}") from error
        line = self._process.stdout.readline()
        if not line:
            raise RivalError(f"the rivals' process ended at {order['order']} {order.get('rival', '')}")
        return json.loads(line)
