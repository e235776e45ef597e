"""Sensors of a user's own table: listed, found by metadata, and broken tables refused with one sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.sensors.catalogue import (
    GENERIC,
    band_gains,
    broken_table,
    pan_gain_of,
    sensor_by_id,
    sensor_ids,
    sensor_of_metadata,
    shipped_ids,
)
from rsfusion_qgis.core.sensors.own_sensors import VARIABLE, own_sensors

TITLES = "name,ms_gains,pan_gain,satellites,source\n"
GOOD = TITLES + "My Sat-1,0.27 0.26 0.25 0.22,0.13,MYSAT ms-1,edges of 2025\n\n Other ,0.3;0.2,.1,,\n"


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "sensors.csv"
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def named(satellite: str) -> str:
    return sensor_of_metadata([{"IMAGERY": {"SATELLITEID": satellite}}])


def test_without_a_table_there_are_the_shipped_ones(table: Path) -> None:
    assert own_sensors() == () and sensor_ids() == shipped_ids() and broken_table() == ""


def test_own_sensors_are_like_shipped_ones(table: Path) -> None:
    table.write_text(GOOD, "utf-8-sig")
    assert sensor_ids() == (*shipped_ids(), "my_sat_1", "other")
    assert band_gains("my_sat_1", (), 4) == (0.27, 0.26, 0.25, 0.22)
    assert pan_gain_of("my_sat_1", 0.0, 4) == 0.13
    assert sensor_by_id("my_sat_1", 4).source == "edges of 2025"
    assert [named(one) for one in ("MySat 1A", "MS-1", "other", "WV02")] == [
        "my_sat_1", "my_sat_1", GENERIC, "worldview_2"
    ]  # fmt: skip


def test_a_changed_table_is_read_again(table: Path) -> None:
    table.write_text(GOOD, "utf-8")
    assert "my_sat_1" in sensor_ids()
    table.write_text(TITLES + "Third sensor,0.2,0.1,,\n", "utf-8")
    assert sensor_ids() == (*shipped_ids(), "third_sensor")


def test_titles_in_another_order_and_without_what_may_be_missing(table: Path) -> None:
    table.write_text("pan_gain,name,ms_gains\n0.1,A,0.2\n", "utf-8")
    assert sensor_by_id("a", 3).band_gains(3) == (0.2, 0.2, 0.2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A,0.2\n", "has the titles 'a, 0.2'; expected name, ms_gains, pan_gain, satellites, source, of which"),
        ("", "has the titles ''; expected name"),
        (TITLES + "A,0.2,0.1,,\nB,0.2 x,0.1,,\n", "line 3 of .* has '0.2 x' as ms_gains; expected numbers between 0"),
        (TITLES + "A,1.2,0.1,,\n", "line 2 of .* has '1.2' as ms_gains"),
        (TITLES + "A,nan,0.1,,\n", "line 2 of .* has 'nan' as ms_gains"),
        (TITLES + "A,0.2,0.1 0.2,,\n", "line 2 of .* has '0.1 0.2' as pan_gain; expected one number between 0 and 1"),
        (TITLES + "A,0.2\n", "line 2 of .* has '' as pan_gain"),
        (TITLES + "--,0.2,0.1,,\n", "line 2 of .* has the name '--'; expected one with Latin letters"),
        (TITLES + "IKONOS,0.2,0.1,,\n", "IKONOS in line 2 of .* is known already; give another name"),
        (TITLES + "A,0.2,0.1,,\na,0.2,0.1,,\n", "a in line 3 of .* is known already"),
    ],
)  # fmt: skip
def test_a_broken_table_is_refused_and_hides_nothing_else(table: Path, text: str, words: str) -> None:
    table.write_text(text, "utf-8")
    with pytest.raises(InputError, match=words):
        sensor_by_id("my_sat_1", 4)
    with pytest.raises(InputError, match=words):
        named("WV02")
    assert sensor_ids() == shipped_ids()
    assert re.search(words, broken_table())
    assert sensor_by_id("ikonos", 4).pan_gain == 0.17


def test_what_is_no_text_is_refused(table: Path) -> None:
    table.write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(InputError, match=r"cannot be read .* write it as CSV in UTF-8"):
        sensor_by_id("my_sat_1", 4)
