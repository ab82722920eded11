"""What the model learns from and what it is measured on, read from `data/` and a folder of chatter."""

import glob
import json
import os
import random
import tomllib

# How many lines of each file of chatter are learned from, at most; the rest is only measured on.
CHATTER = {"assistant": 3500, "titles": 3500, "howto": 1000}
SEED = 14


def load(path):
    with open(path, "rb") as file:
        return tomllib.load(file)


def examples(data):
    """(text, label) of every word and question of `data/`, and of every wording of an answer."""
    found = []
    for kind, folder in (("compare", "topics"), ("recommend", "projects")):
        for path in sorted(glob.glob(f"{data}/{folder}/*.toml")):
            label = f"{kind}:{os.path.basename(path)[:-5]}"
            found += [(text, label) for text in texts(load(path)["ask"])]
    for folder in (f"{data}/intents", f"{data}/general/intents"):
        for path in sorted(glob.glob(f"{folder}/**/*.toml", recursive=True)):
            label = os.path.relpath(path, folder).split("/")[0].removesuffix(".toml")
            label = label if label in ("help", "onboarding") else "none"
            found += [(text, label) for text in texts(load(path))]
    return found


def texts(entry):
    """All example texts below an entry, at any depth."""
    if isinstance(entry, str):
        return [entry]
    if isinstance(entry, list):
        return [text for each in entry for text in texts(each)]
    if isinstance(entry, dict):
        return [text for key, each in entry.items() if key in ("words", "questions") or isinstance(each, (dict, list))
                for text in texts(each) if key != "examples"]
    return []


def answers(data):
    """For each answer: its topic, the wordings learned from, its text, and one wording that is kept apart."""
    found = []
    for path in sorted(glob.glob(f"{data}/topics/*.toml")):
        topic = os.path.basename(path)[:-5]
        for answer in load(path).get("answer", []):
            wordings = list(answer["also"])
            chance = random.Random(f"{SEED} {topic} {answer['id']}")
            apart = wordings.pop(chance.randrange(len(wordings))) if len(wordings) > 2 else None
            found.append({"id": f"{topic}/{answer['id']}", "topic": topic, "text": answer["text"],
                          "wordings": [answer["question"], *wordings], "apart": apart})
    return found


def chatter(folder):
    """Lines to learn from, and by file those to measure on."""
    learned, apart = [], {}
    for name, most in CHATTER.items():
        with open(f"{folder}/{name}.txt", encoding="utf-8") as file:
            lines = sorted({line.strip() for line in file if line.strip()})
        random.Random(f"{SEED} {name}").shuffle(lines)
        learned += lines[:most]
        apart[name] = lines[most:]
    return learned, apart


def rows(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def phrasings(project):
    """The questions of the tests that are not held back, by file."""
    found = {}
    for name in ("short", "conversational", "forum"):
        all_rows = rows(f"{project}/tests/it/phrasings/{name}.jsonl")
        found[name] = [row for at, row in enumerate(all_rows) if at % 3 != 2]
    return found
