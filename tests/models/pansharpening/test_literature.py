"""The literature's networks: in the benchmark where they fit and nowhere else, exported from their trainings."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnxruntime")

from models.pansharpening import train as recipe
from models.pansharpening import train_literature as literature
from models.pansharpening.benchmark import costs, means, ours, peers, report, wald
from models.pansharpening.benchmark import run as pansharpening
from models.pansharpening.benchmark.contender import RIVALS
from models.pansharpening.benchmark.evaluate import Result
from models.pansharpening.pair_files import write_pair
from rsfusion_qgis.core.networks.card_fields import Band, InputSpec
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.core.rasters.scaling import Scaling
from tests import onnx_files
from tests.build_scripts import build_script
from tests.models.common.test_export import TRAINING, checkpoint
from tests.models.pansharpening.made_scenes import make_scene

REPOSITORY = Path(__file__).parents[3]
FOUR = tuple(Band(f"ms_{number}") for number in range(1, 5))


def save_limited(path: Path, name: str) -> Path:
    """A network for 4 bands at the ratio 4 only."""
    path.parent.mkdir(exist_ok=True)
    inputs = (InputSpec("ms", "ms", FOUR, scaling=Scaling("dataset")), *onnx_files.card().inputs[1:])
    model = onnx_files.build(ms=(1, 4, "rows", "cols"))
    return onnx_files.save(path, model, name=name, inputs=inputs, ratio_range=(4.0, 4.0))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the literature's networks with one in it, a zoo with another, and pairs of 4 and of 8 bands."""
    monkeypatch.setattr(peers, "SEARCH_PATH", str(tmp_path))  # other programs take long
    monkeypatch.setattr(ours, "LITERATURE_FOLDER", tmp_path / "literature")
    monkeypatch.setattr(ours, "shipped_networks", lambda: tuple(sorted((tmp_path / "zoo").glob("*.onnx"))))
    save_limited(tmp_path / "literature" / "net.onnx", "Published")
    (tmp_path / "zoo").mkdir()
    onnx_files.save(tmp_path / "zoo" / "net.onnx", name="of the zoo")
    for name, bands, ratio in (("a8", 8, 4), ("b4", 4, 4), ("c4", 4, 2)):
        fine, pan = make_scene(size=128, bands=bands)
        pair = tmp_path / "pan_ms" / name
        pair.mkdir(parents=True)
        write_pair(pair, wald.degrade(fine, ratio, [0.3] * bands), pan, ratio)
    return tmp_path


@pytest.fixture
def bench(folder: Path) -> Callable[..., str]:
    """Run the benchmark on the folder and return its Markdown."""

    def run(*more: str) -> str:
        options = ["--data", str(folder), "--out", str(folder), "--cost-rounds", "0", *more]
        assert pansharpening.main(options) == 0
        return (folder / "pansharpening.md").read_text(encoding="utf-8")

    return run


def cells(text: str, row: str) -> dict[str, str]:
    """The cells of one row of the first table of a text, by the names of the columns."""
    table = [line[2:-2].split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return next(dict(zip(table[0], line)) for line in table if line[0] == row)


# --- in the benchmark


def test_a_network_for_four_bands_fuses_only_these(bench: Callable[..., str], folder: Path) -> None:
    text = bench()
    for heading in ("## Reduced resolution, coregistered", "pairs as they come", "## Full resolution"):
        table = text.split(heading)[1]
        assert cells(table, "a8")["Published"] == cells(table, "c4")["Published"] == "—"
        assert " / " in cells(table, "b4")["Published"]
        assert " / " in cells(table, "a8")["of the zoo"]
        variants = ("remarks", "DETAIL=clean", "DETAIL=strong", "sensor not said", "CONSISTENCY=off", "VIEWS=8")
        methods = [name for name in cells(table, "a8") if not name.endswith(variants)]
        assert methods[1] == "EXP" and methods[-2:] == ["Published", "of the zoo"]
    assert "failed" not in text
    with (folder / "pansharpening.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["method"] == "Published"]
    assert [(row["pair"], row["bands"], row["ratio"]) for row in rows] == [("b4", "4", "4")] * 5
    assert {row["kind"] for row in rows} == {"literature"}
    everywhere, common = text.split("\nMeans over ")[1:]
    assert everywhere.startswith("the 3 pairs (all but those apart)")
    assert common.startswith("the 1 pairs that every method takes (4 bands, ratio 4)")
    assert "| Published |" not in everywhere and "| Published |" in common
    assert "Published beats" not in text


def test_given_networks_are_the_only_ones(bench: Callable[..., str], folder: Path) -> None:
    text = bench("--pairs", "b4", "--models", str(folder / "zoo" / "net.onnx"))
    assert "Published" not in text
    text = bench("--pairs", "b4", "--models", str(folder / "literature" / "net.onnx"))
    assert "of the zoo" not in text and "| Published |" in text and "Published beats" not in text


def test_a_network_that_takes_no_pair_is_told(bench: Callable[..., str]) -> None:
    text = bench("--pairs", "a8")
    assert "No pair has the bands and the ratio that these networks take: Published." in text
    assert text.count("Published") == 1 and text.count("Means over") == 1


def test_the_network_to_adapt_is_the_first_of_the_zoo(folder: Path) -> None:
    given = pansharpening._parser().parse_args(["--data", str(folder), "--adapt", "3", "--adapt-half", "5"])
    networks = [one for one in pansharpening._contenders(given)[0] if one.kind not in RIVALS]
    assert [one.name for one in networks] == [
        "MTF-GLP-FS, consistent", "MTF-GLP-FS, consistent, pan sharpened", "Published", "of the zoo",
        "of the zoo, DETAIL=clean", "of the zoo, DETAIL=strong", "of the zoo, sensor not said",
        "of the zoo, CONSISTENCY=off", "of the zoo, VIEWS=8",
        "of the zoo adapted, 3 min", "of the zoo adapted to the other half, 5 min",
    ]  # fmt: skip


def test_an_adapted_network_takes_what_it_took_before(folder: Path) -> None:
    path = folder / "literature" / "net.onnx"
    given = pansharpening._parser().parse_args(["--data", str(folder), "--adapt", "3", "--models", str(path)])
    *_, adapted = pansharpening._contenders(given)[0]
    assert {pair.name: adapted.takes(pair) for pair in pansharpening._chosen(given)} == {
        "a8": False, "b4": True, "c4": False,
    }  # fmt: skip


def test_its_cost_is_measured_under_its_kind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(costs, "convolution_peak", lambda threads: 1.0)
    given = pansharpening._parser().parse_args(["--data", str(folder)])
    networks = costs.candidates(pansharpening._networks(given))[-2:]
    assert [(one.name, one.kind) for one in networks] == [("Published", "literature"), ("of the zoo", "ours")]
    found = costs.measure_costs(networks[:1], 1, 128, 1)
    assert found.rows[0].trouble == "" and found.rows[0].seconds > 0


# --- the tables, by hand


def make_result(pair: str, bands: int, method: str, kind: str, ergas: float) -> Result:
    values = {"ergas": ergas, "sam": ergas, "q2n": 0.9, "scc": 0.9}
    return Result(pair, "main", bands, 4, "reduced", method, kind, values, 1.0)


RESULTS = [
    make_result("a", 8, "EXP", "classical", 8.0),
    make_result("a", 8, "net", "ours", 4.0),
    make_result("b", 4, "EXP", "classical", 6.0),
    make_result("b", 4, "Published", "literature", 1.0),
    make_result("b", 4, "net", "ours", 3.0),
    make_result("c", 4, "EXP", "classical", 1.5),
    make_result("c", 4, "Published", "literature", 4.0),
    make_result("c", 4, "net", "ours", 0.75),
]


def test_the_literature_is_no_rival_of_the_verdict() -> None:
    """It is the best on pair b, and yet ours beats every classical there by half."""
    best = means.best_classical(RESULTS, "reduced", "b", "ergas")
    assert best is not None and best.method == "EXP"
    text = report.summary(RESULTS, "main")
    assert "net beats every classical on ERGAS and SAM on 3 of 3 pairs" in text
    assert "ERGAS over the best classical of each pair: 0.500 in the geometric mean" in text
    assert "Published" not in text.split("**net beats")[1]


def test_means_over_all_pairs_and_over_those_of_all() -> None:
    """EXP: (8 * 6 * 1.5)^(1/3) over all pairs, (6 * 1.5)^(1/2) = 3 over those of the literature's network."""
    first, second = f"\n{report.summary(RESULTS, 'main')}".split("\nMeans over ")[1:]
    as_they_come = "ERGAS as they come"
    assert cells(first, "EXP")[as_they_come] == f"{72 ** (1 / 3):.3f}"
    assert "Published" not in first
    assert second.startswith("the 2 pairs that every method takes (4 bands, ratio 4); geometric")
    found = {method: cells(second, method)[as_they_come] for method in ("EXP", "Published", "net")}
    assert found == {"EXP": "3.000", "Published": "2.000", "net": "1.500"}


def test_without_limited_methods_there_is_one_table() -> None:
    results = [one for one in RESULTS if one.method != "Published"]
    assert report.summary(results, "main").count("Means over the") == 1


def test_without_a_common_pair_there_are_no_means() -> None:
    results = [*RESULTS, make_result("a", 8, "for 8 bands", "literature", 2.0)]
    text = report.summary(results, "main")
    assert "There is no pair that every method takes." in text and text.count("Means over") == 1


# --- what users get


def test_users_do_not_get_them() -> None:
    """Neither in the ZIP nor in the folder whose networks the toolbox lists."""
    shipped = [file for file, _ in build_script("assemble").sources()]
    own = {file.parent for file in (REPOSITORY / "rsfusion_qgis").glob("tasks/*/*.onnx")}  # what a task uses unasked
    zoo = set((REPOSITORY / "models").glob("*/zoo"))
    assert {file.parent for file in shipped if file.suffix == ".onnx"} == zoo | own
    assert not [file for file in shipped if "literature" in file.as_posix()]
    assert not set(ours.literature_networks()) & set(ours.zoo_networks())


@pytest.mark.parametrize("path", ours.literature_networks(), ids=lambda path: path.stem)
def test_what_is_there_is_complete(path: Path) -> None:
    """Card, curve of the training, and what the benchmark asks of it."""
    card = read_card(path)
    assert path.name == f"pansharpening_{card.architecture}_4band.onnx"
    assert (len(card.input("ms").bands), card.ratio_range) == (4, (4.0, 4.0))
    with path.with_name(f"{card.architecture}_curve.csv").open(encoding="utf-8") as stream:
        curve = [float(row["ergas_ratio"]) for row in csv.DictReader(stream)]
    assert dict(card.quality)["ergas_ratio"] in curve
    assert "seed 31" in card.description and card.training_data and card.license


# --- trained and exported


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """What a training of FusionNet and an unfinished one of PanNet leave."""
    import torch

    for slug, minutes in (("fusionnet", 20.1), ("pannet", 8.0)):
        folder = tmp_path / "runs" / slug
        folder.mkdir(parents=True)
        saved = torch.load(checkpoint(folder, slug), weights_only=True)
        record = {"seed": 31, "minutes": minutes, "planned_minutes": 20.0, "validation": TRAINING["validation"]}
        for name, at in (("checkpoint", minutes), ("best", 16.0)):
            torch.save({**saved, "training": {**record, "minutes": at}}, folder / f"{name}.pt")
        (folder / "curve.csv").write_text("step,minutes\n", encoding="utf-8")
    return tmp_path / "runs"


def test_what_is_trained_to_the_end_is_exported(
    runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert literature.main(["--runs", str(runs), "--out", str(out)]) == 0
    names = ["fusionnet_curve.csv", "pansharpening_fusionnet_4band.json", "pansharpening_fusionnet_4band.onnx"]
    assert sorted(path.name for path in out.iterdir()) == names
    assert "pannet: not trained to the end" in capsys.readouterr().out
    card = read_card(out / names[-1])
    assert (card.name, card.license, card.ratio_range) == ("FusionNet", "GPL-2.0-or-later", (4.0, 4.0))
    assert "doi:10.1109/TGRS.2020.3031366" in card.description
    assert "20 minutes on one core, seed 31." in card.description and "after 16 minutes" in card.description
    assert card.training_data[-1].startswith("48 scenes generated")


@pytest.mark.parametrize("slug", literature.SLUGS)
def test_the_recipe_understands_its_command(slug: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = literature.train_command(slug, tmp_path, Path("runs"), 20)
    monkeypatch.setattr(sys, "argv", command[2:])
    args = recipe.arguments()
    assert (args.architecture, args.out, args.set[0]) == (slug, Path("runs") / slug, "bands=4")
    assert (args.bands, args.ratio, args.seed, args.threads, args.minutes, args.peak) == (4, 4.0, 31, 1, 20.0, 1e-3)


def test_training_needs_data(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        literature.main(["--train"])
    assert "--train needs --data" in capsys.readouterr().err
