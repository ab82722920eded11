"""Lets a matcher learn and answer, and takes the time of both."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

WARM_UP = 20
"""How many questions are answered before the time counts."""


class Matcher(Protocol):
    """Something that has learned from the examples."""

    def rank(self, text: str) -> list[str]:
        """The likeliest labels of a question, best first, at most three."""


@dataclass(frozen=True)
class Answer:
    """What a matcher made of a question."""

    label: str
    first_three: list[str]
    asks_back: bool = False


@dataclass(frozen=True)
class Measured:
    """The answers of a matcher, in the order of the questions, and its times."""

    name: str
    answers: list[Answer]
    microseconds: float
    build_seconds: float


def measure(name: str, learn: Callable[[], Matcher], texts: list[str]) -> Measured:
    """Measures a peer: time to learn, and the median time of a question, asked one at a time."""
    start = time.perf_counter()
    matcher = learn()
    build_seconds = time.perf_counter() - start
    for text in texts[:WARM_UP]:
        matcher.rank(text)
    answers, times = [], []
    for text in texts:
        start = time.perf_counter_ns()
        labels = matcher.rank(text)
        times.append(time.perf_counter_ns() - start)
        answers.append(Answer(labels[0], labels))
    return Measured(name, answers, statistics.median(times) / 1_000, build_seconds)
