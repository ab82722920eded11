"""What the matchers learn from and what they are asked."""

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

NONE = "none"
"""The label of what the bot should not answer."""

INTENTS = ("onboarding", "help", NONE)


@dataclass(frozen=True)
class Example:
    """A text that the data gives for a label."""

    text: str
    label: str


@dataclass(frozen=True)
class Question:
    """A question with the label it should get; further labels count as right, too."""

    text: str
    label: str
    also: tuple[str, ...]

    @property
    def accepted(self) -> frozenset[str]:
        """Every label that counts as right."""
        return frozenset((self.label, *self.also))


def read_examples(data: Path) -> list[Example]:
    """All words and questions of the data folder, in the order of its files."""
    examples = []
    for folder, prefix in (("topics", "compare"), ("projects", "recommend")):
        for path in sorted((data / folder).glob("*.toml")):
            examples += _labelled(_read(path)["ask"], f"{prefix}:{path.stem}")
    for intent in INTENTS:
        for folder in (data, data / "general"):
            examples += _labelled(_read(folder / "intents" / f"{intent}.toml"), intent)
    return examples


def read_questions(path: Path) -> list[Question]:
    """The questions of a file of JSON lines; one that runs over several lines becomes one line."""
    questions = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            fields = json.loads(line)
            text = " ".join(fields["text"].splitlines())
            questions.append(Question(text, fields["label"], tuple(fields.get("also", ()))))
    return questions


def _read(path: Path) -> dict:
    with path.open("rb") as file:
        return tomllib.load(file)


def _labelled(section: dict, label: str) -> list[Example]:
    return [Example(text, label) for text in (*section["words"], *section["questions"])]
