"""The rivals at work in their own environment, where nothing of the product is installed.

Reads one JSON order a line and answers each with one line of JSON. `prepare` builds a named block of decisions and
answers what it decides; `time` runs the block once and answers CPU microseconds a customer; `bank` makes one pass over
a list of rows.
"""

from __future__ import annotations

import gc
import json
import os
import random
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TextIO

import numpy as np
from cel_expr_python import cel
from mabwiser.mab import MAB, LearningPolicy
from river import compose, linear_model, optim, preprocessing
from vowpalwabbit import pyvw

_SHOWN = 3
_ROUNDS_LEARNT = 4


@dataclass
class Block:
    """A way to decide, and the customers it decides about."""

    decide: Callable[[Any], list[Any]]
    customers: list[Any]

    def answers(self) -> list[list[Any]]:
        return [self.decide(customer) for customer in self.customers]

    def microseconds(self) -> float:
        decide, started = self.decide, time.process_time_ns()
        for customer in self.customers:
            decide(customer)
        return (time.process_time_ns() - started) / len(self.customers) / 1000


def vowpal_wabbit(order: dict[str, Any]) -> Block:
    """Contextual bandit by its text interface: the customer is written as text, every action is a line of its own.

    With the interactions of customer and action, without which it would show every customer the same.
    """
    model = pyvw.Workspace("--cb_explore_adf -q ca --quiet")
    lines = [f"|a id={number} group={number // 10}" for number in range(order["actions"])]
    block = "\n".join(lines)

    def shared(customer: dict[str, Any]) -> str:
        return f"shared |c {' '.join([_written(name, value) for name, value in customer.items()])}\n"

    chance = random.Random(1)
    for customer in order["customers"]:
        chosen = chance.randrange(len(lines))
        labelled = f"0:{-int(chance.random() < 0.2)}:{1 / len(lines):.4f} {lines[chosen]}"
        model.learn(shared(customer) + "\n".join([*lines[:chosen], labelled, *lines[chosen + 1 :]]))

    def decide(customer: dict[str, Any]) -> list[int]:
        chances = model.predict(shared(customer) + block)
        return sorted(range(len(lines)), key=chances.__getitem__, reverse=True)[:_SHOWN]

    return Block(decide, order["customers"])


def _written(name: str, value: Any) -> str:
    return f"{name}={value}" if isinstance(value, str | bool) else f"{name}:{value}"


def lin_ts(order: dict[str, Any]) -> Block:
    """MABWiser's linear Thompson sampling; one draw of the expectation of every arm."""
    arms = list(range(order["actions"]))
    bandit = MAB(arms, LearningPolicy.LinTS(alpha=1.0), seed=1)
    chance = np.random.default_rng(1)
    contexts = chance.random((len(arms) * _ROUNDS_LEARNT, len(order["customers"][0])))
    bandit.fit(arms * _ROUNDS_LEARNT, (chance.random(len(contexts)) < 0.2).astype(int), contexts)

    def decide(customer: Any) -> list[int]:
        drawn = bandit.predict_expectations(customer)
        return sorted(drawn, key=drawn.__getitem__, reverse=True)[:_SHOWN]

    return Block(decide, [np.array([customer]) for customer in order["customers"]])


def cel_conditions(order: dict[str, Any]) -> Block:
    """All conditions in one expression, a list, compiled once: faster than one expression each, arena or activation."""
    types = {"integer": cel.Type.INT, "number": cel.Type.DOUBLE, "bool": cel.Type.BOOL, "text": cel.Type.STRING}
    environment = cel.NewEnv(variables={name: types[one] for name, one in order["types"].items()})
    expression = environment.compile(f"[{', '.join(order['conditions'])}]")

    def decide(customer: dict[str, Any]) -> list[bool]:
        answers: list[bool] = expression.eval(data=customer).plain_value()
        return answers

    return Block(decide, order["customers"])


def bank_vowpal_wabbit(rows: list[dict[str, Any]], answers: list[bool]) -> list[float]:
    """Predict, then learn, with `--coin`, which needs no learning rate."""
    model = pyvw.Workspace("--coin --loss_function logistic --link logistic --quiet")
    predicted: list[float] = []
    for row, accepted in zip(rows, answers, strict=True):
        words = " ".join([f"{name}={value}" for name, value in row.items() if isinstance(value, str)])
        numbers = " ".join([f"{name}:{value}" for name, value in row.items() if not isinstance(value, str)])
        example = model.parse(f"{1 if accepted else -1} |c {words} |n {numbers}")
        predicted.append(model.predict(example))
        model.learn(example)
        model.finish_example(example)
    return predicted


def bank_river(rows: list[dict[str, Any]], answers: list[bool]) -> list[float]:
    """Predict, then learn, with AdaGrad on one-hot words and standardised numbers."""
    words = compose.SelectType(str) | preprocessing.OneHotEncoder()
    numbers = compose.SelectType((int, float)) | preprocessing.StandardScaler()
    model = (words + numbers) | linear_model.LogisticRegression(optim.AdaGrad(0.1))
    predicted: list[float] = []
    for row, accepted in zip(rows, answers, strict=True):
        predicted.append(model.predict_proba_one(row).get(True, 0.5))
        model.learn_one(row, accepted)
    return predicted


BLOCKS = {"vowpal_wabbit": vowpal_wabbit, "lin_ts": lin_ts, "cel": cel_conditions}
BANK = {"vowpal_wabbit": bank_vowpal_wabbit, "river": bank_river}


def bank(order: dict[str, Any]) -> dict[str, Any]:
    with open(order["file"], encoding="utf-8") as file:
        content = json.load(file)
    started = time.process_time_ns()
    predicted = BANK[order["rival"]](content["rows"], content["answers"])
    spent = time.process_time_ns() - started
    return {"predicted": [float(one) for one in predicted], "us_per_row": spent / len(predicted) / 1000}


def serve(orders: TextIO, answers: TextIO) -> None:
    blocks: dict[str, Block] = {}
    for line in orders:
        order = json.loads(line)
        answer: Any
        match order["order"]:
            case "prepare":
                blocks[order["name"]] = block = BLOCKS[order["rival"]](order)
                answer = block.answers()
                # What stays is not looked through again while time is taken; so it is on the other side.
                gc.collect()
                gc.freeze()
            case "time":
                answer = blocks[order["name"]].microseconds()
            case "bank":
                answer = bank(order)
            case unknown:
                raise ValueError(f"no such order: {unknown}")
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    # What the rivals print themselves is not an answer.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)
        warnings.simplefilter("ignore")
        serve(sys.stdin, out)
