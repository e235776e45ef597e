"""What is known of one sensor: MTF gains at Nyquist, per band and for the panchromatic one."""

from __future__ import annotations

from dataclasses import dataclass

COLLECTED = "collected in doi:10.1109/MGRS.2020.3019315"


@dataclass(frozen=True)
class Sensor:
    """MTF gains at Nyquist of one sensor; the neutral value is `catalogue.UNKNOWN`."""

    name: str
    ms_gains: tuple[float, ...]
    """One gain per band, or a single one that holds for every band."""
    pan_gain: float
    doubtful_pan: bool = False
    """Whether the pan's gain is published but not believed: nothing is sharpened by it."""
    satellites: tuple[str, ...] = ()
    """How the names begin by which metadata call it, capitals and digits alone; those of shipped ones stand apart."""
    source: str = COLLECTED
    """Where the numbers come from."""

    def band_gains(self, bands: int) -> tuple[float, ...]:
        """One gain for each of `bands` bands; a table of another length falls back to its mean."""
        if len(self.ms_gains) == bands:
            return self.ms_gains
        return (sum(self.ms_gains) / len(self.ms_gains),) * bands


def plain_name(name: str) -> str:
    """A name as a static string for a parameter: lower case, letters, digits and underscores."""
    plain = name.lower().replace("é", "e")
    return "".join(letter if letter.isalnum() else "_" for letter in plain)
