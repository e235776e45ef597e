"""What a run of the benchmark leaves as files: the Markdown, and its numbers as CSV and JSON."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from models.pansharpening.benchmark.costs import Costs
from models.pansharpening.benchmark.evaluate import METRICS, Result

NAME = "pansharpening"


def write_results(folder: Path, results: Sequence[Result], text: str) -> None:
    """One line or entry per pair, test and method."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.md").write_text(text, encoding="utf-8")
    rows = [_without_nan(asdict(result)) for result in results]
    (folder / f"{NAME}.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")
    columns = list(dict.fromkeys(metric.id for metrics in METRICS.values() for metric in metrics))
    with (folder / f"{NAME}.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        heading = ["pair", "group", "bands", "ratio", "test", "method", "kind", *columns, "place_rows", "place_cols"]
        writer.writerow([*heading, "seconds", "trouble"])
        for r in results:
            values = [r.values.get(column, "") for column in columns]
            about_pair = r.pair, r.group, r.bands, r.ratio
            writer.writerow([*about_pair, r.test, r.method, r.kind, *values, *r.place, r.seconds, r.trouble])


def write_costs(folder: Path, found: Sequence[Costs]) -> None:
    """Figures of methods that failed, and operations of those that are no networks, stay empty."""
    columns = ["method", "kind", "seconds", "mpx_per_s", "over_mtf_glp_fs", "over_mtf_glp_fs_by_processor"]
    columns += ["peak_mib", "kflop_per_px", "gflop_per_s"]
    columns += ["share_of_peak", "convolution_peak_gflop_per_s", "pan_px", "threads", "round_seconds", "trouble"]
    with (folder / f"{NAME}_costs.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        for costs in found:
            for row in costs.rows:
                figures = [row.seconds, row.mpx_per_s, costs.over_unit(row), costs.over_unit_by_processor(row)]
                figures += [row.peak_mib, row.flop_per_px / 1e3, row.gflop_per_s]
                figures += [costs.share_of_peak(row), costs.peak_gflop_per_s]
                cells = ["" if math.isnan(figure) else figure for figure in figures]
                rounds = " ".join(f"{seconds:.3f}" for seconds in row.round_seconds)
                writer.writerow([row.method, row.kind, *cells, costs.pan_px, costs.threads, rounds, row.trouble])


def _without_nan(row: dict[str, object]) -> dict[str, object]:
    """JSON has no NaN: null stands for it."""
    values = {key: None if math.isnan(value) else value for key, value in row["values"].items()}
    seconds = None if math.isnan(row["seconds"]) else row["seconds"]
    return {**row, "values": values, "seconds": seconds}
