"""Runs versus and its peers side by side: the same examples to learn from, the same questions to answer.

Started by `run`, which installs the peers and allows one thread only. Prints Markdown.
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import classifier
import nearest
import program
from material import Example, Question, read_examples, read_questions
from measure import Matcher, Measured, measure
from report import report

ROOT = Path(__file__).resolve().parents[3]

PEERS: dict[str, Callable[[list[Example]], Matcher]] = {
    "MiniLM, balanced": partial(classifier.MiniLm, balanced=True),
    "MiniLM, unweighted": partial(classifier.MiniLm, balanced=False),
    "tf-idf of words, balanced": partial(classifier.TfIdf, letters=False, balanced=True),
    "tf-idf of words, unweighted": partial(classifier.TfIdf, letters=False, balanced=False),
    "tf-idf of words and letters, balanced": partial(classifier.TfIdf, letters=True, balanced=True),
    "tf-idf of words and letters, unweighted": partial(classifier.TfIdf, letters=True, balanced=False),
    "BM25": nearest.Bm25,
    "rapidfuzz WRatio": partial(nearest.Fuzzy, scorer="WRatio"),
    "rapidfuzz token_set_ratio": partial(nearest.Fuzzy, scorer="token_set_ratio"),
}


def main() -> None:
    """Measures everybody and prints the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--versus", type=Path, required=True, help="the built program")
    parser.add_argument("files", type=Path, nargs="*", help="further files of questions, as JSON lines")
    arguments = parser.parse_args()

    data = ROOT / "data"
    examples = read_examples(data)
    paths = sorted((ROOT / "tests/it/phrasings").glob("*.jsonl")) + arguments.files
    files = {path.name: read_questions(path) for path in paths}
    if len(files) < len(paths):
        parser.error("two files of questions have the same name")
    questions = [question for file in files.values() for question in file]
    print(report(files, examples, compare(arguments.versus, data, examples, questions)))


def compare(versus: Path, data: Path, examples: list[Example], questions: list[Question]) -> list[Measured]:
    """Lets every matcher learn and answer, one after the other."""
    texts = [question.text for question in questions]
    say("versus")
    measured = program.measure(versus, data, texts)
    for name, learn in PEERS.items():
        say(name)
        measured.append(measure(name, partial(learn, examples), texts))
    return measured


def say(name: str) -> None:
    """Tells who is being measured, beside the report."""
    print(f"measuring {name}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
