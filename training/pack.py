"""Write a trained model as the program reads it: whole numbers with one scale a row, and the word pieces of English chat.

usage: pack.py TRAINED_FOLDER WEIGHTS REFERENCE [--model FOLDER] [--chatter FOLDER]

WEIGHTS is `src/sentences/weights.bin`, REFERENCE `src/sentences/reference.tsv`, texts with the vectors that the model gives
before it is packed. The order of the parts is that of `src/sentences/weights.rs`.
"""

import argparse
import collections
import glob
import hashlib
import json
import os
import re
import struct

import numpy as np
import torch
from transformers import AutoTokenizer

import examples
from train import DATA, LONGEST, Reader, read_all

BEGINNING = b"versus sentences 1"
# Word pieces with a lower number are kept in any case: BERT's are in order of how frequent they are.
FREQUENT = 8_000
# How many lines of chatter have to have another one.
OFTEN = 3
REFERENCES = [
    "is python faster than node?", "node or python for a chat server", "Which one has better typing: mypy or TypeScript?",
    "how do I read a file in python", "good morning everybody", "pay my mortgage", "what is the meaning of life",
    "We're building a marketplace for used bikes. Two devs, both know Django. No ML, launch in spring.",
    "is the GIL still a problem for CPU-bound work", "callback hell vs generators", "wich is fatser py or js",
    "I'm new here, where do I start?", "what can you do", "oracle backup with sqlplus", "A naïve question from the café: does it scale?",
    "npm install hangs after the merge!!!", "is rails nicer than django", "thanks, that helped a lot", "asyncio?",
    "scraping 10,000 pages a night, results into Postgres, one server and nobody on call",
]


def kept(tokenizer, chatter):
    """The word pieces that occur in our texts, are frequent, or are single characters in use with English."""
    count = collections.Counter()

    def read(texts, times):
        for start in range(0, len(texts), 1000):
            for ids in tokenizer(texts[start : start + 1000])["input_ids"]:
                count.update({piece: times for piece in set(ids)})

    read([text for text, _ in examples.examples(DATA)], OFTEN)
    for path in sorted(glob.glob(f"{DATA}/t*/*.toml")):
        read(open(path, encoding="utf-8").read().splitlines(), OFTEN)
    for path in sorted(glob.glob(f"{chatter}/*.txt")) if chatter else []:
        read(open(path, encoding="utf-8").read().splitlines(), 1)
    used = {piece for piece, times in count.items() if times >= OFTEN}
    pieces = {}
    for piece, number in tokenizer.get_vocab().items():
        plain = piece.removeprefix("##")
        is_english = plain.isascii() or (len(plain) == 1 and ord(plain) < 0x250) or 0x2010 <= ord(plain[0]) < 0x2070
        is_special = piece.startswith("[") and len(piece) > 1
        if number in used or (is_english and not is_special and (number < FREQUENT or len(plain) == 1)):
            pieces[piece] = number
    pieces.pop("[PAD]", None), pieces.pop("[MASK]", None)
    pieces["[UNK]"] = tokenizer.unk_token_id
    return dict(sorted(pieces.items(), key=lambda each: each[0].encode()))


def lines(texts):
    text = "\n".join(texts).encode()
    return struct.pack("<I", len(text)) + text


def floats(values):
    return np.ascontiguousarray(values, "<f4").tobytes()


def rows(values):
    """Each row as whole numbers from -127 to 127 and the scale they are multiplied by."""
    scales = np.maximum(np.abs(values).max(1), 1e-9) / 127
    return floats(scales) + np.rint(values / scales[:, None]).astype(np.int8).tobytes()


def fnv(text):
    """FNV-1a of 64 bits."""
    digest = 0xCBF29CE484222325
    for byte in text.encode():
        digest = (digest ^ byte) * 0x100000001B3 % 2**64
    return digest


def pack_wordings(reader, tokenizer, path):
    """The vectors of all wordings of answers and of their texts, found by the hash of the text."""
    texts = {fnv(text): text for answer in examples.answers(DATA)
             for text in [*answer["wordings"], answer["text"], *filter(None, [answer["apart"]])]}
    hashes = sorted(texts)
    tokenize = lambda some: tokenizer(some, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
    # As the program reads a text: without what stands around its words.
    vectors, _ = read_all(reader, tokenize, [re.sub(r"^[\W_]+|[\W_]+$", "", texts[digest]) for digest in hashes])
    with open(path, "wb") as file:
        for digest, vector in zip(hashes, vectors):
            file.write(struct.pack("<Q", digest) + rows(vector[None]))
    print(f"{len(hashes)} wordings")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("trained")
    parser.add_argument("weights")
    parser.add_argument("reference")
    parser.add_argument("--model", default="all-MiniLM-L6-v2")
    parser.add_argument("--chatter")
    asked = parser.parse_args()
    names = json.load(open(f"{asked.trained}/labels.json", encoding="utf-8"))
    reader = Reader(asked.model, len(names))
    reader.load_state_dict(torch.load(f"{asked.trained}/reader.pt"))
    reader.eval()
    state = {name: value.float().numpy() for name, value in reader.state_dict().items()}
    tokenizer = AutoTokenizer.from_pretrained(asked.model)
    pieces = kept(tokenizer, asked.chatter)
    subjects = [subject["id"] for subject in examples.load(f"{DATA}/comparison.toml")["subject"]]

    def dense(*layers):
        weight = np.concatenate([state[f"{layer}.weight"] for layer in layers])
        return floats(np.concatenate([state[f"{layer}.bias"] for layer in layers])) + rows(weight)

    def norm(layer):
        return floats(state[f"{layer}.weight"]) + floats(state[f"{layer}.bias"])

    start = "encoder.embeddings"
    positions = state[f"{start}.position_embeddings.weight"][:LONGEST] + state[f"{start}.token_type_embeddings.weight"][0]
    parts = [BEGINNING, lines(names), lines(subjects), lines(pieces)]
    parts += [rows(state[f"{start}.word_embeddings.weight"][list(pieces.values())]), rows(positions), norm(f"{start}.LayerNorm")]
    for number in range(6):
        at = f"encoder.encoder.layer.{number}"
        parts += [dense(*(f"{at}.attention.self.{part}" for part in ("query", "key", "value"))), dense(f"{at}.attention.output.dense"),
                  norm(f"{at}.attention.output.LayerNorm"), dense(f"{at}.intermediate.dense"), dense(f"{at}.output.dense"),
                  norm(f"{at}.output.LayerNorm")]
    parts.append(dense("head"))
    packed = b"".join(parts)
    with open(asked.weights, "wb") as file:
        file.write(packed)
    digest = hashlib.sha256(packed).hexdigest()
    with open(f"{os.path.splitext(asked.weights)[0]}.sha256", "w", encoding="utf-8") as file:
        file.write(f"{digest}  {os.path.basename(asked.weights)}\n")
    pack_wordings(reader, tokenizer, f"{os.path.dirname(asked.weights)}/wordings.bin")
    with torch.no_grad(), open(asked.reference, "w", encoding="utf-8") as file:
        for text in REFERENCES:
            missing = [piece for piece in tokenizer.tokenize(text) if piece not in pieces]
            assert not missing, f"{missing} of {text} were pruned"
            tokens = tokenizer([text], truncation=True, max_length=LONGEST, return_tensors="pt")
            states = reader.encoder(**tokens).last_hidden_state[0].float().mean(0)
            best = names[int(reader.head(states).argmax())]
            vector = torch.nn.functional.normalize(states, dim=0)
            file.write(f"{text}\t{best}\t{' '.join(f'{value:.4f}' for value in vector)}\n")
    print(f"{len(pieces)} word pieces, {len(packed)} bytes, {digest}")


if __name__ == "__main__":
    main()
