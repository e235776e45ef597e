"""The peers of the unmixing benchmark find what a scene was made of, and its measures are what they say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.common.rasters import Frame, write_raster
from models.unmixing.benchmark import angle, fitted, matched, measure_scene, read_berlin, rmse
from models.unmixing.peers import nmf, vca_fcls
from tests.tasks.unmixing.scenes import NAMES, WAVELENGTHS_NM, spectra, write_csv


def scene(rows: int = 24, cols: int = 30) -> tuple[np.ndarray, np.ndarray]:
    """Pixels (bands, n) of reflectance and shares (3, n); the first three pixels are pure."""
    rng = np.random.default_rng(0)
    shares = rng.dirichlet(np.ones(3), rows * cols).T
    shares[:, :3] = np.eye(3)
    return spectra() @ shares + 0.001 * rng.standard_normal((len(WAVELENGTHS_NM), rows * cols)), shares


@pytest.mark.parametrize("peer", [vca_fcls, nmf])
def test_a_peer_finds_shares(peer: object) -> None:
    pixels, truth = scene()
    found, shares = peer(pixels, 3, seed=1)
    order = matched(shares, truth)
    assert rmse(shares[order], truth) < 0.1
    assert angle(found[:, order], spectra()) < 5.0
    assert np.allclose(shares.sum(axis=0), 1.0)


def test_the_best_order_is_found() -> None:
    _, truth = scene()
    assert matched(truth[[2, 0, 1]], truth).tolist() == [1, 2, 0]


def test_fitted_spectra_are_those_of_the_mixture() -> None:
    _, truth = scene()
    assert np.allclose(fitted(spectra() @ truth, truth), spectra())
    assert angle(2 * spectra(), spectra()) == pytest.approx(0.0, abs=1e-5)


def test_a_scene_gets_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pixels, truth = scene()
    frame = Frame.square((500000.0, 5000000.0), 30.0)
    folder, beside = tmp_path / "hs" / "made", tmp_path / "hs" / "made_abundances"
    folder.mkdir(parents=True)
    beside.mkdir()
    write_raster(folder / "hs.tif", 10000 * pixels.reshape(-1, 24, 30), frame)
    write_raster(beside / "abundances.tif", truth.reshape(3, 24, 30), frame, data_type="Float32")
    write_csv(beside / "endmembers.csv", spectra(), NAMES, np.arange(1.0, 41.0))
    (beside / "endmembers.csv").write_text(
        (beside / "endmembers.csv").read_text(encoding="utf-8").replace("wavelength (nm)", "band"), encoding="utf-8"
    )
    measure_scene(tmp_path, "hs/made")
    told = capsys.readouterr().out
    rows = {line[:36].strip(): float(line[36:44]) for line in told.splitlines() if line.startswith("  ours")}
    assert rows["ours, fcls"] < 0.05 and rows["ours, sclsu, reference LIBRARY"] < 0.03


def test_the_shares_of_a_fine_land_cover(tmp_path: Path) -> None:
    codes = np.zeros((20, 20))
    codes[:10, :10], codes[:10, 10:15], codes[:10, 15:] = 1, 2, 3
    frame = Frame.square((500000.0, 5000000.0), 3.0)
    write_raster(tmp_path / "landcover_3m6.tif", codes[None], frame, data_type="Byte")
    write_raster(tmp_path / "hs_30m.tif", np.ones((4, 2, 2)), Frame.square((500000.0, 5000000.0), 30.0))
    found = read_berlin(tmp_path, ((1,), (2, 3)))
    assert found.covered.tolist() == [True, True, False, False]
    assert found.truth[:, :2].tolist() == [[1.0, 0.0], [0.0, 1.0]]


def test_munet_gives_shares_and_spectra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few steps: from the spectra of VCA to shares that sum to one, with heights that tell a class and without."""
    torch = pytest.importorskip("torch")
    from models.unmixing import munet

    monkeypatch.setattr(munet, "STEPS", 30)
    pixels, truth = scene()
    image, heights = pixels.reshape(-1, 24, 30), truth[:1].reshape(1, 24, 30)
    for guide in (heights, None):
        found, shares = munet.unmixed(image, guide, 3, seed=1)
        assert found.shape == (len(pixels), 3) and (found >= 0).all()
        assert np.allclose(shares.sum(axis=0), 1.0, atol=1e-5)
        order = matched(shares, truth)
        assert rmse(shares[order], truth) < rmse(np.full_like(truth, 1 / 3), truth)
    network = munet.MUNet(len(pixels), 3)
    with torch.no_grad():
        made = network(torch.rand(1, len(pixels), 9, 11), torch.rand(1, 1, 9, 11))
    assert made[0].shape == (1, 3, 9, 11) and made[1].shape == (1, len(pixels), 9, 11)
    parameters, adds = munet.cost(len(pixels), 3, 1)
    assert parameters == sum(one.numel() for one in network.parameters()) and adds > 1000


def test_a_table_may_have_the_network(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch")
    from models.unmixing import benchmark, munet

    monkeypatch.setattr(munet, "STEPS", 2)
    pixels, truth = scene()
    for name, values in (("hs", pixels), ("dsm", truth[:1])):
        write_raster(tmp_path / f"{name}.tif", 10000 * values.reshape(-1, 24, 30), Frame.square((0.0, 0.0), 30.0))
    found = [label for label, *_ in benchmark._by_network(tmp_path, 3, 2)]
    assert found == ["MUNet, heights"] * 2 + ["MUNet"] * 2
    assert "multiply-adds per pixel" in capsys.readouterr().out
