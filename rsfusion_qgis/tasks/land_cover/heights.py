"""Do heights of a LiDAR raster count from what those did that the network learned from?

Its bands may be heights above the sea, heights above ground, or features of them; which of them move with the vertical
reference only the user knows. So nothing is converted here, and what does not agree is said.
"""

from __future__ import annotations

from ...core.basics.findings import Finding
from ...core.engine.plan import Plan
from ...core.grid.heights import height_reference

LIDAR = "lidar"
"""The role whose values are heights."""


def findings(plan: Plan) -> tuple[Finding, ...]:
    """See `contract.Task`."""
    spec, header = plan.card.input(LIDAR), plan.headers.get(LIDAR)
    if spec is None or header is None:
        return plan.findings
    found = height_reference(header.crs_wkt)
    told = _told(header.role, found.name if found else "", spec.heights)
    return (*plan.findings, *told)


def _told(role: str, has: str, learned: str) -> tuple[Finding, ...]:
    """A warning where the heights of a raster and those that were learned from differ, or one does not say."""
    if has == learned:
        return ()
    if has and learned:
        found = f"{role} names {has}, but the network learned from {learned}, so heights may be off by some 50 m"
        cure = f"convert the heights of {role} first, or train and classify with heights above ground"
    elif learned:
        found = f"{role} does not say what its heights count from, and the network learned from {learned}"
        found, cure = f"{found}: they are taken to be alike", f"assign {role} the CRS with its vertical part if not"
    else:
        found = f"{role} names {has}, and the network does not say what the heights that it learned from count from"
        found, cure = f"{found}: they are taken to be alike", "train it again with the right CRS if not"
    return (Finding("heights", "warning", role, found, cure=cure),)
