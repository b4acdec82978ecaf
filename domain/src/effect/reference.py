"""Random students, and what NumPy makes of them: writes reference.csv beside this file.

python -m venv v && v/bin/pip install numpy && v/bin/python domain/src/effect/reference.py
"""
import pathlib

import numpy as np

chance = np.random.default_rng(20260302)


def level(before):
    whole = np.floor(before + 0.5)
    return np.where(whole < 10, whole, 10 + np.floor((whole - 10) / 3))


lines = ["served/grade/before/after …;alone change change of others balance of all balance of matched"]
for _ in range(40):
    n = int(chance.integers(30, 90))
    grade = chance.integers(0, 2, n)
    before = np.round(chance.gamma(2.0, 3.0, n), 2)
    after = np.round(chance.gamma(2.0, 2.5, n), 2)
    served = chance.random(n) < 1 / (1 + np.exp(1.0 - before / 6))
    stratum = grade * 1000 + level(before)
    alone, changes, others, kept, weights = 0, [], [], [], np.zeros(n)
    for one in np.unique(stratum[served]):
        here, there = served & (stratum == one), ~served & (stratum == one)
        if not there.any():
            alone += int(here.sum())
            continue
        changes += list((after - before)[here])
        others += [np.mean((after - before)[there])] * int(here.sum())
        kept += list(before[here])
        weights[there] = here.sum() / there.sum()
    deviation = np.std(kept, ddof=1)
    everybody = (np.mean(kept) - np.mean(before[~served])) / deviation
    matched = (np.mean(kept) - np.average(before, weights=weights)) / deviation
    students = " ".join(f"{int(s)}/{g}/{b}/{a}" for s, g, b, a in zip(served, grade, before, after))
    found = [alone, np.mean(changes), np.mean(others), everybody, matched]
    lines.append(students + ";" + " ".join(repr(float(number)) for number in found))
pathlib.Path(__file__).with_name("reference.csv").write_text("\n".join(lines) + "\n")
