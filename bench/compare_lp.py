#!/usr/bin/env python3
"""The allocation model as a plain linear programme, for OR-Tools GLOP and HiGHS: CPU seconds beside ours.

    cargo run --release -p fair-share --example problem -- 400 2000 > problem.json
    python3 bench/compare_lp.py problem.json

Maximises the kilograms given, then the first max-min level (HiGHS only): much less than the leximin that the engine finds.
Solvers that are not installed (pip: ortools, highspy) are left out. Prints Markdown.
"""
import json
import sys
import time


def read(path):
    """Rows as (upper bound in kg, columns), the structure of each column, and pasts and weights in kg."""
    with open(path, encoding="utf-8") as file:
        problem = json.load(file)
    temperature = [rayon["temperature"] for rayon in problem["rayons"]]
    caps = [{need["rayon"]: need["caps"] for need in s["needs"]} for s in problem["structures"]]
    owner, rows = [], {}
    for l, lot in enumerate(problem["lots"]):
        rayon = lot["rayon"]
        for candidate in lot["candidates"]:
            a = candidate["structure"]
            if rayon not in caps[a] or problem["structures"][a]["weight"] == 0:
                continue
            column = len(owner)
            owner.append(a)
            rows.setdefault(("lot", l), (lot["grams"], []))[1].append(column)
            room = problem["structures"][a]["storage"][temperature[rayon]]
            rows.setdefault(("room", a, temperature[rayon]), (room, []))[1].append(column)
            for k in range(lot["class"], problem["classes"]):
                rows.setdefault(("need", a, rayon, k), (caps[a][rayon][k], []))[1].append(column)
    rows = [(grams / 1000, columns) for grams, columns in rows.values()]
    pasts = [s["past_grams"] / 1000 for s in problem["structures"]]
    weights = [s["weight"] / 1000 for s in problem["structures"]]
    return rows, owner, pasts, weights


def glop(rows, owner):
    """Largest kilograms with GLOP."""
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("GLOP")
    columns = [solver.NumVar(0, solver.infinity(), "") for _ in owner]
    for kilos, members in rows:
        row = solver.RowConstraint(-solver.infinity(), kilos, "")
        for column in members:
            row.SetCoefficient(columns[column], 1)
    for column in columns:
        solver.Objective().SetCoefficient(column, 1)
    solver.Objective().SetMaximization()
    start = time.process_time()
    solver.Solve()
    return solver.Objective().Value(), time.process_time() - start


def highs(rows, owner, method, levels=None):
    """Largest kilograms, or with pasts and weights the highest lowest level, with HiGHS."""
    import highspy
    import numpy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("solver", method)
    lp = highspy.HighsLp()
    width = len(owner) + (levels is not None)
    bounds = [(-highspy.kHighsInf, kilos) for kilos, _ in rows]
    entries = [(row, column, 1.0) for row, (_, members) in enumerate(rows) for column in members]
    if levels is not None:
        pasts, weights = levels
        for a, (past, weight) in enumerate(zip(pasts, weights)):
            # What it receives, less its level times its weight, is at least what its past lacks.
            entries.append((len(rows) + a, len(owner), -weight))
            bounds.append((-past, highspy.kHighsInf))
        entries += [(len(rows) + a, column, 1.0) for column, a in enumerate(owner)]
    entries.sort(key=lambda entry: (entry[1], entry[0]))
    starts = numpy.zeros(width + 1, dtype=numpy.int32)
    for _, column, _ in entries:
        starts[column + 1] += 1
    lp.num_col_, lp.num_row_ = width, len(bounds)
    cost = numpy.ones(width) if levels is None else numpy.append(numpy.zeros(len(owner)), 1.0)
    lp.col_cost_, lp.sense_ = cost, highspy.ObjSense.kMaximize
    lp.col_lower_, lp.col_upper_ = numpy.zeros(width), numpy.full(width, highspy.kHighsInf)
    lp.row_lower_ = numpy.array([low for low, _ in bounds])
    lp.row_upper_ = numpy.array([high for _, high in bounds])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = numpy.cumsum(starts).astype(numpy.int32)
    lp.a_matrix_.index_ = numpy.array([row for row, _, _ in entries], dtype=numpy.int32)
    lp.a_matrix_.value_ = numpy.array([value for _, _, value in entries])
    solver.passModel(lp)
    start = time.process_time()
    solver.run()
    return solver.getInfo().objective_function_value, time.process_time() - start


def main():
    rows, owner, pasts, weights = read(sys.argv[1])
    print(f"{len(owner)} columns, {len(rows)} rows\n")
    print("| solver | what | value | CPU seconds |\n|---|---|---:|---:|")
    runs = [
        ("OR-Tools GLOP", "largest total, kg", lambda: glop(rows, owner)),
        ("HiGHS simplex", "largest total, kg", lambda: highs(rows, owner, "simplex")),
        ("HiGHS interior point", "largest total, kg", lambda: highs(rows, owner, "ipm")),
        ("HiGHS simplex", "first max-min level", lambda: highs(rows, owner, "simplex", (pasts, weights))),
    ]
    for name, what, run in runs:
        try:
            value, seconds = run()
        except ImportError:
            continue
        print(f"| {name} | {what} | {value:.6g} | {seconds:.3f} |", flush=True)


if __name__ == "__main__":
    main()
