"""The report of a registration: words, numbers, pictures that decode, and nothing from a file that becomes markup."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from base64 import b64decode
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.alignment.registration import Registration, RegistrationJob, register
from rsfusion_qgis.core.alignment.registration_report import registration_page, verdict_sentence
from rsfusion_qgis.core.alignment.shift.residual_shift import nothing
from rsfusion_qgis.core.alignment.shift.shift_estimate import LocalShift, ShiftEstimate
from rsfusion_qgis.core.alignment.vector_field import draw, round_length, scaled
from rsfusion_qgis.core.basics.errors import CancelledError, OutputError
from rsfusion_qgis.core.basics.pending_file import write_text
from rsfusion_qgis.core.grid.grid import Grid, Window, in_the_map
from rsfusion_qgis.core.reports.checkerboard import NO_DATA, Pair, reduced
from rsfusion_qgis.core.reports.page import page, table
from rsfusion_qgis.core.reports.png import encode_png
from tests.rasters import grid_transform
from tests.textures import PIXEL_M, texture, write_pair

DOMAIN = Grid("", grid_transform(PIXEL_M), 300, 200)


class Array:
    """A raster in memory, read as `registration.Selected` is; everything is mirrored outside."""

    def __init__(self, values: np.ndarray, grid: Grid, invalid: tuple[slice, slice] | None = None) -> None:
        self.values, self.grid, self.valid = values, grid, np.ones(values.shape, bool)
        if invalid:
            self.valid[:, invalid[0], invalid[1]] = False

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        rows = np.clip(np.arange(window.row_off, window.row_end), 0, self.grid.height - 1)
        cols = np.clip(np.arange(window.col_off, window.col_end), 0, self.grid.width - 1)
        cut = np.ix_(range(len(self.values)), rows, cols)
        return self.values[cut].astype(np.float32), self.valid[cut]


def estimate(cols: float, rows: float, confidence: float = 1.0, at_limit: bool = False) -> ShiftEstimate:
    chips = [
        LocalShift(c, r, cols, rows, 0.9, True) for c in (50.0, 150.0, 250.0) for r in (50.0, 150.0)
    ] + [LocalShift(150.0, 100.0, -6.0, 5.0, 0.2, False)]  # fmt: skip
    length = float(np.hypot(cols, rows))
    return ShiftEstimate(
        cols, rows, 0.0, 1.0, (150.0, 100.0), length, 0.02, 0.9, 0.8, confidence, at_limit, tuple(chips), "intensity"
    )


def found(measured: ShiftEstimate) -> Registration:
    return Registration(measured, DOMAIN, ())


@pytest.mark.parametrize("channels", [(), (3,), (4,)])
def test_gdal_reads_the_png_back(channels: tuple[int, ...], tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (17, 23, *channels)).astype(np.uint8)
    (tmp_path / "a.png").write_bytes(encode_png(pixels))
    dataset = gdal.Open(str(tmp_path / "a.png"))
    assert (dataset.RasterXSize, dataset.RasterYSize) == (23, 17)
    bands = [
        np.frombuffer(dataset.GetRasterBand(i + 1).ReadRaster(), np.uint8).reshape(17, 23)
        for i in range(dataset.RasterCount)
    ]
    np.testing.assert_array_equal(np.stack(bands, -1).reshape(pixels.shape), pixels)


def test_a_picture_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="uint8"):
        encode_png(np.zeros((3, 3)))


@pytest.mark.parametrize(
    ("measured", "words"),
    [
        (estimate(0.1, 0.1), ["lies on REFERENCE", "within the tolerance of 0.5"]),
        (estimate(1.3, -0.7), ["does not lie on", "1.48", "add (6.5, 3.5)", "rsfusion:coregister"]),
        (estimate(8.4, 0.0, 0.0, at_limit=True), ["uncertain", "edge of the search range", "raise MAX_SHIFT"]),
        (estimate(1.3, -0.7, 0.1), ["uncertain", "too little common structure", "0.10", "MAX_SHIFT"]),
        (nothing((150.0, 100.0), 0.0), ["uncertain", "nowhere", "300 x 200", "choose other bands"]),
    ],
    ids=["aligned", "shifted", "at the limit", "unsure", "nothing"],
)
def test_the_verdict_in_words(measured: ShiftEstimate, words: list[str]) -> None:
    sentence = verdict_sentence(RegistrationJob("a.tif", "b.tif"), found(measured))
    assert [word for word in words if word not in sentence] == []
    assert sentence.endswith(".")
    assert "nan" not in sentence


def test_without_georeferencing_y_is_upwards_as_qgis_shows_it() -> None:
    bare = Grid("", (0.0, 1.0, 0.0, 0.0, 0.0, 1.0), 30, 20)
    assert estimate(1.0, 2.0).in_map_units(in_the_map(bare)) == (1.0, -2.0)
    assert in_the_map(bare).to_map(3.0, 4.0) == (3.0, -4.0)
    assert in_the_map(DOMAIN) == DOMAIN


def test_the_page_says_everything_and_needs_no_other_file(tmp_path: Path) -> None:
    job = RegistrationJob(*write_pair(tmp_path, (6.5, 3.5)))
    text = registration_page(job, register(job))
    assert "does not lie on REFERENCE" in text
    assert re.search(r"Shift to the east \(x\)</th><td>\+6\.\d+</td><td>metre<", text)
    assert "SECONDARY has the CRS of REFERENCE" in text
    pictures = [b64decode(data) for data in re.findall(r"data:image/png;base64,([^\"]+)", text)]
    assert len(pictures) == 4
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    assert not re.findall(r"(?:src|href)=\"(?!data:)", text)


def test_an_uncertain_shift_is_not_applied_in_the_pictures(tmp_path: Path) -> None:
    job = RegistrationJob(*write_pair(tmp_path, secondary_seed=9))
    text = registration_page(job, register(job))
    assert text.count("<img") == 2
    assert "after the measured shift" not in text


def test_a_raster_without_anything_to_compare_gets_a_page(tmp_path: Path) -> None:
    reference, _ = write_pair(tmp_path, size=(60, 60))
    text = registration_page(RegistrationJob(reference, reference), found(nothing((30.0, 30.0), 0.0)))
    assert "<td>uncertain</td>" in text
    assert "nan" not in re.sub(r"base64,[^\"]+", "", text)
    assert "<svg" not in text


def test_file_names_cannot_become_markup(tmp_path: Path) -> None:
    folder = tmp_path / "<b>&amp;"
    folder.mkdir()
    job = RegistrationJob(*write_pair(folder, name="<script>alert(1)<"))
    text = registration_page(job, register(job))
    assert "<script>" not in text
    assert "<b>" not in text
    assert "&lt;script&gt;" in text


def test_watch_can_stop_the_pictures(tmp_path: Path) -> None:
    job = RegistrationJob(*write_pair(tmp_path))
    shares: list[float] = []

    def watch(share: float) -> None:
        shares.append(share)
        if len(shares) == 3:
            raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        registration_page(job, found(estimate(0.0, 0.0)), watch=watch)
    assert shares == sorted(shares)


@pytest.mark.parametrize("step", [1, 3])
def test_after_the_shift_the_board_is_the_reference_itself(step: int) -> None:
    """The same ground, once placed falsely; moved by what must be added it continues the reference's squares."""
    ground = texture(240, 300)[None]
    true = Grid("", grid_transform(PIXEL_M), 300, 240)
    false = Grid("", grid_transform(PIXEL_M, (-3 * PIXEL_M, -2 * PIXEL_M)), 300, 240)  # 3 to the west, 2 to the north
    window = Window(60, 60, 90, 90)
    whole = Pair(Array(ground, true), Array(ground, true)).board(window, step, 10)
    apart = Pair(Array(ground, true), Array(ground, false))
    after = apart.board(window, step, 10, lambda col, row: (col * 0 + 3.0, row * 0 + 2.0))
    before = apart.board(window, step, 10)
    assert np.abs(after.astype(int) - whole).mean() < 3
    assert np.abs(before.astype(int) - whole).mean() > 9


def test_pixels_without_data_stand_out() -> None:
    ground = texture(100, 100)[None]
    grid = Grid("", grid_transform(PIXEL_M), 100, 100)
    pair = Pair(Array(ground, grid, (slice(0, 40), slice(0, 100))), Array(ground, grid))
    board = pair.board(grid.window, 1, 50)
    assert (board[:39, :50] == NO_DATA).all()
    assert not (board[:40, 50:] == NO_DATA).all(-1).any()
    assert not (board[42:] == NO_DATA).all(-1).any()


def test_pictures_are_made_smaller_by_the_mean_strip_by_strip(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.arange(240.0).reshape(1, 12, 20)
    reader = Array(values, Grid("", grid_transform(PIXEL_M), 20, 12))
    whole, _ = reduced(reader, reader.grid.window, 4)
    assert whole.shape == (3, 5)
    means = values[0].reshape(3, 4, 5, 4).mean((1, 3))
    np.testing.assert_allclose(np.corrcoef(whole.ravel(), means.ravel())[0, 1], 1.0, atol=1e-6)
    monkeypatch.setattr("rsfusion_qgis.core.reports.checkerboard._STRIP", 1)
    np.testing.assert_array_equal(reduced(reader, reader.grid.window, 4)[0], whole)


def test_the_drawing_is_well_formed_and_its_arrows_point_the_right_way() -> None:
    measured = estimate(1.0, -0.5)
    root = ElementTree.fromstring(draw(measured, DOMAIN))
    arrows = [e for e in root if e.tag.endswith("line")]
    assert len(arrows) == len(measured.chips)
    x1, y1, x2, y2 = (float(arrows[0].get(name)) for name in ("x1", "y1", "x2", "y2"))
    assert x2 > x1  # to the right
    assert y2 < y1  # upwards, since rows count downwards
    assert "6 agree" in ElementTree.tostring(root, "unicode")
    assert "1 left out" in ElementTree.tostring(root, "unicode")


def test_arrows_of_common_chips_stay_apart_and_long_ones_are_cut() -> None:
    drawing = scaled(estimate(1.0, -0.5), DOMAIN)
    lengths = [np.hypot(e[2] - e[0], e[3] - e[1]) for e in map(drawing.ends, estimate(1.0, -0.5).chips)]
    spacing = 50.0 * drawing.zoom
    assert lengths[0] == pytest.approx(0.6 * spacing)
    assert lengths[-1] == pytest.approx(drawing.longest)


@pytest.mark.parametrize(("value", "expected"), [(1.0, 1.0), (0.09, 0.05), (7.0, 5.0), (2.5, 2.0), (0.004, 0.002)])
def test_round_lengths(value: float, expected: float) -> None:
    assert round_length(value) == pytest.approx(expected)


def test_a_page_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.html"
    write_text(str(target), page("<title>", table([("a & b", "1 < 2")])), "REPORT")
    assert "a &amp; b</th><td>1 &lt; 2" in target.read_text(encoding="utf-8")

    def full_disk(self: Path, other: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(OutputError, match=r"REPORT.*No space left"):
        write_text(str(tmp_path / "other.html"), "text", "REPORT")
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize(("name", "word"), [("nowhere/a.html", "does not exist"), (".", "is a folder")])
def test_a_page_that_cannot_lie_there(name: str, word: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=rf"^POINTS.*{word}"):
        write_text(str(tmp_path / name), "text", "POINTS")
