#!/usr/bin/env python3
"""Write all texts by which direct answers are found, one a line: the input of `src/sentences/examples/wordings.rs`."""

import glob
import os

from examples import load

TOPICS = f"{os.path.dirname(os.path.abspath(__file__))}/../data/topics"

for path in sorted(glob.glob(f"{TOPICS}/*.toml")):
    for answer in load(path).get("answer", []):
        print("\n".join([answer["question"], *answer["also"], answer["text"]]))
