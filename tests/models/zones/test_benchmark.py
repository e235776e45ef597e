"""The benchmark of zones on a tiny town of OpenStreetMap's XML: blocks with their use, none that is too small."""

from __future__ import annotations

from pathlib import Path

from models.zones.benchmark import town_blocks
from rsfusion_qgis.tasks.zones.reading import read_zones

STEP = 0.001  # degrees
WAYS = (
    '<tag k="landuse" v="retail"/>', '<tag k="landuse" v="commercial"/>', '<tag k="landuse" v="commercial"/>',
    '<tag k="leisure" v="park"/>', '<tag k="leisure" v="park"/>', '<tag k="leisure" v="park"/>',
    '<tag k="landuse" v="forest"/>', '<tag k="landuse" v="residential"/>',
)  # fmt: skip


def test_blocks_of_a_town(tmp_path: Path) -> None:
    nodes, ways = [], []
    for number, tags in enumerate(WAYS):
        side = STEP if number < 7 else STEP / 100  # the last is too small
        corners = [(0, 0), (0, side), (side, side), (side, 0)]
        first = 10 * number + 1
        for place, (down, across) in enumerate(corners):
            at = f'lat="{60 + down}" lon="{25 + 2 * STEP * number + across}"'
            nodes.append(f'<node id="{first + place}" {at} version="1"/>')
        refs = "".join(f'<nd ref="{first + place}"/>' for place in (0, 1, 2, 3, 0))
        ways.append(f'<way id="{1000 + number}" version="1">{refs}{tags}</way>')
    osm = tmp_path / "town.osm"
    osm.write_text(f'<osm version="0.6">{"".join(nodes + ways)}</osm>', encoding="utf-8")
    zones = read_zones(town_blocks(osm, tmp_path / "blocks.gpkg"), "ZONES", "use")
    assert zones.classes == ("commercial", "park")
    assert [int((zones.known == place).sum()) for place in (0, 1)] == [3, 3]
