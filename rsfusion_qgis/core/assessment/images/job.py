"""What is to be assessed, by which protocol, and what each protocol needs.

Three protocols: "reference", against the true image; "full_resolution", without one, against the fine and the coarse
raster that were fused; "wald", ways to fuse on the user's own pair made coarser by its ratio, so that the coarse raster
itself is the reference (Wald, Ranchin & Mangolini 1997, PE&RS 63(6), 691-699).
"""

from __future__ import annotations

from dataclasses import dataclass

from ...basics.errors import InputError
from ...sensors.catalogue import GENERIC, band_gains, pan_gain_of
from .quality_rasters import RasterName

REFERENCE, FULL_RESOLUTION, WALD = PROTOCOLS = ("reference", "full_resolution", "wald")
NEEDS = {REFERENCE: ("fused", "reference"), FULL_RESOLUTION: ("fused", "fine", "coarse"), WALD: ("fine", "coarse")}

NO_FUSED, NO_REFERENCE, NO_FINE, NO_COARSE = (
    RasterName("", tag.upper()) for tag in ("fused", "reference", "fine", "coarse")
)
"""Rasters that are not given."""


@dataclass(frozen=True)
class AssessmentJob:
    """What to assess.

    Attributes
    ----------
    protocol : str
        One of `PROTOCOLS`.
    fused, reference, fine, coarse : RasterName
        A path of "" = not given; every sentence calls them by their parameter.
    sensor : str
        Id of a sensor, see `sensors.catalogue`.
    gains : tuple of float
        MTF gains at Nyquist of the coarse raster, one or one per band, instead of the sensor's; () = the sensor's.
    fine_gains : tuple of float
        Likewise of the fine raster.
    ratio : float
        Coarse pixel over the fused one where no coarse raster says it; 0 = not said.
    peak : float
        Largest value that a pixel can have, for PSNR and SSIM; 0 = the largest one in the reference.
    moved : (dx, dy)
        What is added to the coarse raster's map coordinates at full resolution: a measured shift that the fusion undid.
    noise : bool
        Whether the reduced pair of Wald's protocol gets the noise back that reduction averages away.
    largest_px : int
        Longest side of what is measured at full resolution, the middle of a larger raster; 0 = everything.
    """

    protocol: str
    fused: RasterName = NO_FUSED
    reference: RasterName = NO_REFERENCE
    fine: RasterName = NO_FINE
    coarse: RasterName = NO_COARSE
    sensor: str = GENERIC
    gains: tuple[float, ...] = ()
    fine_gains: tuple[float, ...] = ()
    ratio: float = 0.0
    peak: float = 0.0
    moved: tuple[float, float] = (0.0, 0.0)
    largest_px: int = 0
    noise: bool = False

    @property
    def is_moved(self) -> bool:
        """Whether the coarse raster does not lie where its header says."""
        return self.moved != (0.0, 0.0) or bool(self.coarse.turned)

    @property
    def rasters(self) -> tuple[RasterName, ...]:
        """Those that were given."""
        return tuple(item for item in (self.fused, self.reference, self.fine, self.coarse) if item.path)


def check_job(job: AssessmentJob) -> None:
    """Refuse a job that lacks something, from its parameters alone."""
    if job.protocol not in PROTOCOLS:
        raise InputError(f"PROTOCOL is '{job.protocol}'; expected one of {', '.join(PROTOCOLS)}.")
    needed: list[RasterName] = [getattr(job, name) for name in NEEDS[job.protocol]]
    missing = [item.parameter for item in needed if not item.path]
    if missing:
        wanted = ", ".join(item.parameter for item in needed)
        raise InputError(
            f"{' and '.join(missing)} is missing; PROTOCOL {job.protocol} needs {wanted}, so name a raster or choose "
            "another PROTOCOL."
        )
    if job.protocol == REFERENCE and not job.coarse.path and not job.ratio:
        raise InputError(
            f"RATIO is missing; ERGAS needs {job.coarse.parameter}, or the size of its pixels over those of "
            f"{job.fused.parameter} as RATIO."
        )


def gains_of(job: AssessmentJob, bands: int, fine_bands: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """MTF gain of each of the coarse raster's `bands`, and of each of the fine one's.

    Raises
    ------
    InputError
        There are neither one gain nor as many as bands, one is not between 0 and 1, or there is no such sensor.
    """
    gains = band_gains(job.sensor, job.gains, bands)
    given = job.fine_gains or (0.0,)
    if len(given) not in (1, fine_bands):
        raise InputError(
            f"{job.fine.parameter} has {fine_bands} bands, but {len(given)} MTF gains were given for it; give one, or "
            "one for each band."
        )
    fine = tuple(pan_gain_of(job.sensor, gain, bands) for gain in given)
    return gains, fine if len(fine) == fine_bands else fine * fine_bands
