"""versus itself, through `versus match`."""

import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

from measure import Answer, Measured

RUNS = 7
"""How often the times are taken; the median counts."""

REPEATS = 20
"""How often a timed run is asked all questions, so that the start of the program does not drown them."""


def measure(versus: Path, data: Path, texts: list[str]) -> list[Measured]:
    """Measures versus as it answers, and as if it had to name its best candidate like its peers."""
    command = [str(versus), "--data", str(data), "match"]
    lines = "".join(f"{text}\n" for text in texts).encode()
    output = subprocess.run(command, input=lines, stdout=subprocess.PIPE, check=True).stdout.decode()
    found = [json.loads(line) for line in output.split("\n") if line]
    if len(found) != len(texts):
        raise SystemExit(f"{len(texts)} questions, but {len(found)} answers of {versus.name}")
    microseconds, build_seconds = _times(command, lines, len(texts))
    return [
        Measured("versus", [_decided(line) for line in found], microseconds, build_seconds),
        Measured("versus, best candidate", [_best(line) for line in found], microseconds, build_seconds),
    ]


def _decided(line: dict) -> Answer:
    return Answer(line["label"], _first_three(line), line["decision"] == "ask")


def _best(line: dict) -> Answer:
    first_three = _first_three(line)
    return Answer(first_three[0], first_three)


def _first_three(line: dict) -> list[str]:
    return [candidate["label"] for candidate in line["candidates"]][:3]


def _times(command: list[str], lines: bytes, questions: int) -> tuple[float, float]:
    """Microseconds a question, without the start; and the seconds of the start, which builds the index."""
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as empty:
        asked.write(lines * REPEATS)
        pairs = [(_seconds(command, empty), _seconds(command, asked)) for _ in range(RUNS)]
    start = statistics.median(start for start, _ in pairs)
    whole = statistics.median(whole for _, whole in pairs)
    return (whole - start) / (questions * REPEATS) * 1e6, start


def _seconds(command: list[str], source: BinaryIO) -> float:
    source.seek(0)
    start = time.perf_counter()
    subprocess.run(command, stdin=source, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start
