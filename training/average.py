"""Average the weights of runs that began with the same model: the mean is right more often than each of them.

usage: average.py OUT_FOLDER RUN_FOLDER=SHARE ...
"""

import os
import shutil
import sys

import torch

out, *shares = sys.argv[1:]
shares = [(folder, float(share)) for folder, share in (each.rsplit("=", 1) for each in shares)]
states = [(torch.load(f"{folder}/reader.pt"), share) for folder, share in shares]
first = states[0][0]
mean = {name: sum(state[name] * share for state, share in states) if value.is_floating_point() else value
        for name, value in first.items()}
os.makedirs(out, exist_ok=True)
torch.save(mean, f"{out}/reader.pt")
shutil.copy(f"{shares[0][0]}/labels.json", out)
