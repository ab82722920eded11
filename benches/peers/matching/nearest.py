"""Peers that give a question the label of the example nearest to it; the examples of none take part like all others."""

from collections.abc import Iterable

import bm25s
from rapidfuzz import fuzz, process, utils

from material import NONE, Example

NEIGHBOURS = 100
"""How many examples are looked through for three labels; each label counts once, at its nearest example."""


class Bm25:
    """bm25s with its defaults: Lucene's BM25, English stop words left out. A question without a known word is none."""

    def __init__(self, examples: list[Example]) -> None:
        self._labels = [example.label for example in examples]
        words = bm25s.tokenize([example.text for example in examples], show_progress=False)
        self._index = bm25s.BM25()
        self._index.index(words, show_progress=False)

    def rank(self, text: str) -> list[str]:
        """The labels of the nearest examples."""
        words = bm25s.tokenize(text, return_ids=False, show_progress=False)
        places, scores = self._index.retrieve(words, k=min(NEIGHBOURS, len(self._labels)), show_progress=False)
        return _first_three(self._labels[place] for place, score in zip(places[0], scores[0]) if score > 0)


class Fuzzy:
    """rapidfuzz with one of its scorers, on texts in lower case without punctuation."""

    def __init__(self, examples: list[Example], scorer: str) -> None:
        self._labels = [example.label for example in examples]
        self._texts = [utils.default_process(example.text) for example in examples]
        self._scorer = getattr(fuzz, scorer)

    def rank(self, text: str) -> list[str]:
        """The labels of the nearest examples."""
        text = utils.default_process(text)
        found = process.extract(text, self._texts, scorer=self._scorer, limit=NEIGHBOURS)
        return _first_three(self._labels[place] for _, score, place in found if score > 0)


def _first_three(labels: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(labels))[:3] or [NONE]
