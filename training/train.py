"""Fine-tune all-MiniLM-L6-v2 on the labels and answers of `data/`; README.md beside this file says how and why.

usage: train.py CHATTER_FOLDER OUT_FOLDER [--model FOLDER] [--passes N]
"""

import argparse
import json
import os
import random
import time

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

import examples

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA = f"{PROJECT}/data"
# Texts of a step, and the most word pieces of one.
BATCH = 32
LONGEST = 64
# Answers of a contrastive step, how sharply it tells them apart, how much it counts, and after how many steps one is made.
ANSWERS = 32
TEMPERATURE = 0.05
ANSWERS_COUNT = 0.5
ANSWERS_EVERY = 6
# The share of texts that is read in lower case, with a slip of the fingers, and without one of its words.
LOWER = 0.3
SLIP = 0.1
LOST = 0.2


class Reader(torch.nn.Module):
    """The sentence model with one linear layer over the labels."""

    def __init__(self, folder, labels):
        super().__init__()
        # Dropout inside takes half of the time on a processor; a slip, a lost word and the dropout before the layer do as well.
        quiet = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0, "attn_implementation": "eager"}
        self.encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False, **quiet)
        # Words that no example has keep their neighbours.
        self.encoder.embeddings.word_embeddings.requires_grad_(False)
        self.head = torch.nn.Linear(384, labels)
        self.dropout = torch.nn.Dropout(0.1)

    def mean(self, tokens):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.encoder(**tokens).last_hidden_state
        mask = tokens["attention_mask"].unsqueeze(-1)
        return (states.float() * mask).sum(1) / mask.sum(1)

    def forward(self, tokens):
        return self.head(self.dropout(self.mean(tokens)))


def slip(text, chance):
    """The text with two letters swapped, one left out or one doubled."""
    at = chance.randrange(len(text))
    if len(text) < 5 or not text[at : at + 2].isalpha() or len(text[at : at + 2]) < 2:
        return text
    return chance.choice([text[:at] + text[at + 1] + text[at] + text[at + 2 :], text[:at] + text[at + 1 :],
                          text[: at + 1] + text[at:]])


def typed(text, chance):
    text = text.lower() if chance.random() < LOWER else text
    words = text.split()
    if len(words) > 5 and chance.random() < LOST:
        words.pop(chance.randrange(len(words)))
        text = " ".join(words)
    return slip(text, chance) if chance.random() < SLIP else text


def answer_batches(answers, chance):
    """Endless batches of answers; half of each are of few topics, so that near ones are told apart."""
    topics = {}
    for answer in answers:
        topics.setdefault(answer["topic"], []).append(answer)
    while True:
        near = [answer for topic in chance.sample(sorted(topics), 3) for answer in topics[topic]][: ANSWERS // 2]
        rest = [answer for answer in answers if answer not in near]
        yield near + chance.sample(rest, ANSWERS - len(near))


def contrast(reader, tokenize, batch, chance):
    """The loss by which two views of an answer come together and those of different ones part."""
    views = [chance.sample([*answer["wordings"], answer["text"]], 2) for answer in batch]
    vectors = torch.nn.functional.normalize(reader.mean(tokenize([typed(view[at], chance) for at in (0, 1) for view in views])))
    scores = vectors[: len(batch)] @ vectors[len(batch) :].T / TEMPERATURE
    right = torch.arange(len(batch))
    return (torch.nn.functional.cross_entropy(scores, right) + torch.nn.functional.cross_entropy(scores.T, right)) / 2


@torch.no_grad()
def read_all(reader, tokenize, texts):
    """The vectors and the label scores of texts."""
    reader.eval()
    order = np.argsort([len(text) for text in texts])
    means = np.zeros((len(texts), 384), np.float32)
    for start in range(0, len(order), 256):
        part = order[start : start + 256]
        means[part] = reader.mean(tokenize([texts[at] for at in part])).numpy()
    scores = reader.head(torch.from_numpy(means)).numpy()
    return means / np.linalg.norm(means, axis=1, keepdims=True), scores


def found(reader, tokenize, answers):
    """The shares of wordings kept apart that find their answer first, and among the first three."""
    views = [(at, view) for at, answer in enumerate(answers) for view in [*answer["wordings"], answer["text"]]]
    owners = np.array([at for at, _ in views])
    known, _ = read_all(reader, tokenize, [view for _, view in views])
    asked = [(at, answer["apart"]) for at, answer in enumerate(answers) if answer["apart"]]
    vectors, _ = read_all(reader, tokenize, [text for _, text in asked])
    first = three = 0
    for (at, _), near in zip(asked, vectors @ known.T):
        best = list(dict.fromkeys(owners[np.argsort(-near)]))[:3]
        first += best[0] == at
        three += at in best
    return first / len(asked), three / len(asked)


def measure(reader, tokenize, names, answers, apart):
    index = {name: at for at, name in enumerate(names)}
    report = []
    for name, rows in examples.phrasings(PROJECT).items():
        rows = [row for row in rows if row["label"] != "none"]
        _, scores = read_all(reader, tokenize, [row["text"] for row in rows])
        scores[:, index["none"]] = -99
        right = sum(names[best] in {row["label"], *row["also"]} for row, best in zip(rows, scores.argmax(1)))
        report.append(f"{name} {right / len(rows):.3f}")
    for name, lines in apart.items():
        _, scores = read_all(reader, tokenize, lines[:600])
        report.append(f"{name} as none {(scores.argmax(1) == index['none']).mean():.3f}")
    report.append("answers %.3f / %.3f" % found(reader, tokenize, answers))
    return ", ".join(report)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("chatter")
    parser.add_argument("out")
    parser.add_argument("--model", default="all-MiniLM-L6-v2")
    parser.add_argument("--start", help="the folder of an earlier run to go on from")
    parser.add_argument("--apart", help="a file of texts, one a line, that are not learned from, to measure on them")
    parser.add_argument("--passes", type=int, default=2)
    asked = parser.parse_args()
    seed = examples.SEED
    torch.manual_seed(seed), np.random.seed(seed)
    chance = random.Random(seed)

    answers = examples.answers(DATA)
    learned, apart = examples.chatter(asked.chatter)
    labelled = examples.examples(DATA) + [(line, "none") for line in learned]
    labelled += [(text, f"compare:{answer['topic']}") for answer in answers for text in answer["wordings"]]
    if asked.apart:
        kept_apart = set(open(asked.apart, encoding="utf-8").read().splitlines())
        labelled = [(text, label) for text, label in labelled if text not in kept_apart]
    names = sorted({label for _, label in labelled})
    index = {name: at for at, name in enumerate(names)}
    targets = np.array([index[label] for _, label in labelled])
    print(f"{len(labelled)} examples, {len(names)} labels, {len(answers)} answers", flush=True)

    tokenizer = AutoTokenizer.from_pretrained(asked.model)
    tokenize = lambda texts: tokenizer(texts, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
    reader = Reader(asked.model, len(names))
    if asked.start:
        reader.load_state_dict(torch.load(f"{asked.start}/reader.pt"))
    optimiser = torch.optim.AdamW(
        [{"params": [each for each in reader.encoder.parameters() if each.requires_grad], "lr": 8e-5}, {"params": reader.head.parameters(), "lr": 2e-3}], weight_decay=0.01, fused=True)
    steps = asked.passes * (len(labelled) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1, step / 100) * max(0.02, 1 - step / steps))
    loss_of = torch.nn.CrossEntropyLoss(label_smoothing=0.05)
    lengths = np.array([len(text) for text, _ in labelled])
    by_answers = answer_batches(answers, chance)
    begun, step, sums = time.time(), 0, [0.0, 0.0]
    print("before:", "answers %.3f / %.3f" % found(reader, tokenize, answers), flush=True)
    for number in range(asked.passes):
        reader.train()
        order = np.random.permutation(len(labelled))
        # Texts of about the same length share a batch, so that little is padded.
        parts = [order[start : start + BATCH * 40] for start in range(0, len(order), BATCH * 40)]
        parts = [part[np.argsort(lengths[part])] for part in parts]
        batches = [part[start : start + BATCH] for part in parts for start in range(0, len(part), BATCH)]
        chance.shuffle(batches)
        for batch in batches:
            loss = loss_of(reader(tokenize([typed(labelled[at][0], chance) for at in batch])), torch.tensor(targets[batch]))
            sums[0] += loss.item()
            if step % ANSWERS_EVERY == 0:
                by_answer = contrast(reader, tokenize, next(by_answers), chance)
                sums[1] += by_answer.item() * ANSWERS_EVERY
                loss = loss + ANSWERS_COUNT * by_answer
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if step % 100 == 0:
                print(f"step {step}/{steps} labels {sums[0] / 100:.3f} answers {sums[1] / 100:.3f} {time.time() - begun:.0f} s", flush=True)
                sums = [0.0, 0.0]
        print(f"pass {number + 1}: {measure(reader, tokenize, names, answers, apart)}, {time.time() - begun:.0f} s", flush=True)
        os.makedirs(asked.out, exist_ok=True)
        torch.save(reader.state_dict(), f"{asked.out}/reader.pt")
        with open(f"{asked.out}/labels.json", "w", encoding="utf-8") as file:
            json.dump(names, file)


if __name__ == "__main__":
    main()
