"""Writes the tables of docs/networks.md from the forms, the systems, and the networks that were trained here.

    python -m tests.field.table
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from rsfusion_qgis import tasks as _tasks
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.core.networks.graph_outline import outline
from tests.field import class_forms  # noqa: F401  it defines the others
from tests.field.forms import SEEN
from tests.field.systems import SYSTEMS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "networks.md"
BEGIN, END = "<!-- made by tests/field/table.py -->", "<!-- end of what is made -->"


def algorithms() -> dict[str, str]:
    """Task of a card -> the algorithm that runs its networks."""
    found = {}
    for task in _tasks.all_tasks():
        face = next((one for one in task.faces if one.networks), None)
        if task.card_task and face is not None:
            found[task.card_task] = f"`rsfusion:{face.text.id}`"
    return found


def forms_table() -> list[str]:
    """One row for each form."""
    known = algorithms()
    rows = ["| form | what goes in and comes out | runs by | weights of the small network |", "|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        for name, form in SEEN.items():
            weights = outline(form.build(Path(folder) / "net.onnx")).weights
            rows.append(f"| {name} | {form.words} | {known[form.task]} | {weights:,} |")
    return rows


def trained() -> dict[str, str]:
    """System -> what it costs and how good it was found to be, of the files in this repository."""
    made = {}
    for path in sorted(ROOT.glob("models/*/literature/*.onnx")):
        card = read_card(path)
        quality, flop = dict(card.quality), dict(card.flop_per_pixel)
        ratio = f", ERGAS {quality['ergas_ratio']:.3f} times that of MTF-GLP-FS" if "ergas_ratio" in quality else ""
        made[card.name] = f"{card.total_parameters:,} weights, {next(iter(flop.values()), 0):,} FLOP per pixel{ratio}"
    return made


def benchmarks(system: str) -> str:
    """Links to the pages of benchmarks that have the system in a table."""
    pages = []
    for page in sorted((ROOT / "docs" / "benchmarks").glob("*.md")):
        rows = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
        if any(re.search(rf"(?<![\w-]){re.escape(system)}(?![\w-])", row) for row in rows):
            pages.append(f"[{page.stem.replace('_', ' ')}](benchmarks/{page.name})")
    return ", ".join(pages)


def systems_table() -> list[str]:
    """One row for each system."""
    own = trained()
    rows = ["| category | system | form | trained here |", "|---|---|---|---|"]
    for category, systems in SYSTEMS.items():
        for place, (system, form) in enumerate(systems.items()):
            shown = form
            if form.startswith("method:"):
                shown = f"`{form.partition(': ')[2]}`, a method here"
            elif form.startswith("no:"):
                shown = "not expressed"
            facts = "; ".join(filter(None, (own.get(system, ""), benchmarks(system))))
            rows.append(f"| {'' if place else category} | {system} | {shown} | {facts} |")
    return rows


def reasons() -> list[str]:
    """What cannot be expressed, and why."""
    return [f"- **{system}**: {form.partition(': ')[2]}." for systems in SYSTEMS.values()
            for system, form in systems.items() if form.startswith("no:")]  # fmt: skip


def made() -> str:
    """All that stands between the two marks."""
    count = sum(len(systems) for systems in SYSTEMS.values())
    parts = [BEGIN, "", f"{count} systems, {len(SEEN)} forms.", "", "### Systems", "", *systems_table(), "",
             "### Forms", "", *forms_table(), "", "### Not expressed", "", *reasons(), "", END]  # fmt: skip
    return "\n".join(parts)


def page() -> str:
    """The page with its tables made anew."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    return f"{before}{made()}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
