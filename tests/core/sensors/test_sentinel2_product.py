"""Sentinel-2 products by the names of their files; tests/tasks/sentinel2_sharpening reads whole ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.sensors.sentinel2_product import product_path, read_product

METADATA = """<PROCESSING_BASELINE>05.09</PROCESSING_BASELINE><QUANTIFICATION_VALUE unit="none">10000
</QUANTIFICATION_VALUE><RADIO_ADD_OFFSET band_id="0">-1000</RADIO_ADD_OFFSET>
<RADIO_ADD_OFFSET band_id="8">-900</RADIO_ADD_OFFSET>"""


def made(folder: Path, *names: str) -> Path:
    safe = folder / "S2B_MSIL1C_20230101T000000.SAFE"
    for name in names:
        file = safe / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(METADATA if name.endswith(".xml") else "", encoding="utf-8")
    return safe


def test_bands_are_told_by_their_files_and_masks_are_none(tmp_path: Path) -> None:
    tile = "GRANULE/L1C_T33UUB_A1_2"
    safe = made(
        tmp_path, f"{tile}/IMG_DATA/T33UUB_2_B8A.jp2", f"{tile}/IMG_DATA/T33UUB_2_B02.jp2",
        f"{tile}/IMG_DATA/T33UUB_2_TCI.jp2", f"{tile}/QI_DATA/MSK_QUALIT_B03.jp2", f"{tile}/QI_DATA/T33UUB_B04.jp2",
    )  # fmt: skip
    product = read_product(str(safe), "PRODUCT")
    assert list(product.files) == ["B2", "B8A"]
    assert product.files["B2"].endswith("T33UUB_2_B02.jp2")
    assert not product.units and product.add_offset is None


def test_each_band_has_its_own_pixels_and_its_own_offset(tmp_path: Path) -> None:
    inside = "GRANULE/L2A_T33UUB_A1_2/IMG_DATA"
    safe = made(tmp_path, f"{inside}/R20m/T_2_B02_20m.jp2", f"{inside}/R10m/T_2_B02_10m.jp2",
                f"{inside}/R60m/T_2_B05_60m.jp2", "MTD_MSIL1C.xml")  # fmt: skip
    product = read_product(str(safe), "PRODUCT")
    assert product.files["B2"].endswith("B02_10m.jp2") and product.files["B5"].endswith("B05_60m.jp2")
    assert (product.level, product.baseline, product.add_offset) == ("L1C", "05.09", -1000)
    assert product.units["B1"].scale == pytest.approx(1e-4)
    assert [product.units[name].offset for name in ("B1", "B2", "B8A")] == pytest.approx([-0.1, 0, -0.09])


def test_what_stands_for_a_product(tmp_path: Path) -> None:
    safe = made(tmp_path, "MTD_MSIL1C.xml", "other.xml")
    top = str(safe / "MTD_MSIL1C.xml")
    assert product_path(str(safe)) == str(safe) and product_path(top) == top
    assert product_path(f"SENTINEL2_L1C:{top}:20m:EPSG_32633") == top
    others = str(safe / "other.xml"), str(tmp_path / "no.zip"), "a.tif"
    assert [product_path(one) for one in others] == ["", "", ""]


def test_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"PRODUCT: .* holds no image of a Sentinel-2 band"):
        read_product(str(made(tmp_path, "notes.txt")), "PRODUCT")
