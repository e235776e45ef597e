"""What the user asks a fusion for, whether the parameters alone make sense, and what a run answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

from ...tasks import TaskSpec
from ..alignment.checks import POLICIES
from ..basics.errors import InputError, OutputError
from ..basics.findings import Finding
from ..grid.grid import Grid
from ..networks.card import ModelCard
from ..operators.sharpening import MethodChoice
from ..operators.views import require_known
from ..rasters.class_spec import ClassSpec
from ..rasters.pending_output import same_file
from ..rasters.source import GDAL_TYPES
from ..sensors.catalogue import GENERIC


@dataclass(frozen=True)
class ImageWishes:
    """How an image is fused that resembles one of the rasters, and what is known of its sensor.

    Attributes
    ----------
    consistency : str
        "auto", "on" or "off": whether the result is made consistent with what was recorded, see `consistency`.
    sensor : str
        Id of a sensor, see `sensors.sensor_ids`; "generic" = unknown.
    gains : tuple of float
        MTF gains by hand, one for all bands or one each; () = the sensor's.
    pan_gain : float
        MTF gain of the panchromatic raster by hand; 0 = the sensor's.
    views : int
        Over how many views of a tile the network's answer is averaged, see `views`.
    """

    consistency: str = "off"
    sensor: str = GENERIC
    gains: tuple[float, ...] = ()
    pan_gain: float = 0.0
    views: int = 1


@dataclass(frozen=True)
class ClassWishes:
    """What a classification gives beside the class raster.

    Attributes
    ----------
    confidence, probabilities : str
        Paths of further rasters; "" = none.
    majority : int
        Radius in pixels of the square in which the most frequent class is taken; 0 = as classified.
    """

    confidence: str = ""
    probabilities: str = ""
    majority: int = 0


@dataclass(frozen=True)
class CloudWishes:
    """How clouds are removed, and what is given beside the image.

    Attributes
    ----------
    uncertainty, mask : str
        Paths of further rasters; "" = none.
    cloud_values : tuple of float
        Values of the mask raster that mean cloud or shadow.
    everywhere : bool
        Whether the network's result replaces clear pixels, too.
    blend_px : int
        Pixels beside the mask over which both are blended.
    scale, offset : float or None
        stored = reflectance x scale - offset, ESA's sign (offset -1000 since baseline 04.00); None = found out.
    sar_unit : str
        "db", "power", "amplitude" as in `clouds.sentinel1.UNITS`; "" = found out.
    speckle_filter : bool
    learn : str
        "auto", "on" or "off": whether the scene's own clear pixels teach, see `scene_teaching`.
    """

    uncertainty: str = ""
    mask: str = ""
    cloud_values: tuple[float, ...] = (1.0,)
    everywhere: bool = False
    blend_px: int = 4
    scale: Optional[float] = None
    offset: Optional[float] = None
    sar_unit: str = ""
    speckle_filter: bool = False
    learn: str = "auto"


@dataclass(frozen=True)
class FusionJob:
    """What the user asked for.

    Attributes
    ----------
    task : str
        Id of a `TaskSpec`.
    inputs : dict
        role -> path or GDAL name; a role that the task or the network can do without may be missing.
    model : str
        Path of an ONNX file with a card; "" where a classical method fuses.
    output : str
        Path of the result.
    policy : str
        "fail", "warn" or "correct".
    extent : tuple (xmin, ymin, xmax, ymax) or None
        Part to fuse, in the CRS of the reference input; None = all.
    tile_size : int
        Side of a tile in output pixels; 0 = from the memory budget.
    memory_mb : int
        Budget for one tile's inference, MiB.
    device : str
        "auto", "cpu", "cuda", ...
    threads : int
        0 = all cores.
    data_type : str
        GDAL's name; "" = that of the input which the result resembles.
    nodata : float or None
        None = that of the input which the result resembles.
    output_format : str
        GDAL driver; "" = by the ending of `output`.
    creation_options : tuple of str
        "KEY=VALUE" for that driver.
    classical : MethodChoice or None
        What fuses instead of a network; None = the network.
    image : ImageWishes
        Read only where the result resembles one of the rasters.
    classes : ClassWishes
        Read only where the network classifies.
    clouds : CloudWishes
        Read only where clouds are removed.
    card : ModelCard or None
        Of a network that is still to be made, in the place of the one in the file of `model`.
    """

    task: str
    inputs: dict[str, str]
    model: str
    output: str
    policy: str = "warn"
    extent: Optional[tuple[float, float, float, float]] = None
    tile_size: int = 0
    memory_mb: int = 768
    device: str = "auto"
    threads: int = 0
    data_type: str = ""
    nodata: Optional[float] = None
    output_format: str = ""
    creation_options: tuple[str, ...] = field(default=())
    classical: Optional[MethodChoice] = None
    image: ImageWishes = ImageWishes()
    classes: ClassWishes = ClassWishes()
    clouds: CloudWishes = CloudWishes()
    card: Optional[ModelCard] = None

    @property
    def outputs(self) -> dict[str, str]:
        """The user's parameter -> path, of every raster that is to be written."""
        more = {"CONFIDENCE": self.classes.confidence, "PROBABILITIES": self.classes.probabilities,
                "UNCERTAINTY": self.clouds.uncertainty, "MASK": self.clouds.mask}  # fmt: skip
        return {"OUTPUT": self.output, **{name: path for name, path in more.items() if path}}


@dataclass(frozen=True)
class FusionResult:
    """What a run did.

    Attributes
    ----------
    output : str
    findings : tuple of Finding
    provider : str
        ONNX Runtime's execution provider that was really used; "NumPy" for a classical method.
    tiles, tile_size, pixels : int
        Tiles run, side of a whole tile, output pixels.
    seconds, checking_seconds, inference_seconds : float
        Of the whole run, of the checks before it, and of inference alone.
    statistics_seconds : float
        Of the pass over the domain that a classical method makes first.
    moved : dict
        role -> (dx, dy) that was added to its map coordinates: a measured shift that was undone; 0, 0 = none.
    class_pixels : tuple of (ClassSpec, int)
        How many pixels were given each class; () = no classification.
    grid : Grid or None
        The part of the first raster's grid that all inputs cover; the result is that or a part of it.
    further : dict
        The user's parameter -> path, of what was written beside `output`.
    """

    output: str
    findings: tuple[Finding, ...]
    provider: str
    tiles: int
    tile_size: int
    pixels: int
    seconds: float
    checking_seconds: float
    inference_seconds: float
    statistics_seconds: float = 0.0
    moved: dict[str, tuple[float, float]] = field(default_factory=dict)
    class_pixels: tuple[tuple[ClassSpec, int], ...] = ()
    grid: Optional[Grid] = None
    further: dict[str, str] = field(default_factory=dict)


def check_parameters(job: FusionJob, task: TaskSpec) -> None:
    """Refuse what no raster needs to be opened for; raises InputError or OutputError."""
    for role in task.roles:
        if role.required and not job.inputs.get(role.role):
            raise InputError(f"{role.parameter} is missing; name a raster.")
    _check_outputs(job, task)
    if job.policy not in POLICIES:
        raise InputError(f"COREGISTRATION is '{job.policy}'; expected one of {', '.join(POLICIES)}.")
    if job.data_type and job.data_type not in GDAL_TYPES:
        raise InputError(f"DATA_TYPE is '{job.data_type}'; expected one of {', '.join(GDAL_TYPES)}.")
    require_known(job.image.views)
    if job.tile_size < 0 or 0 < job.tile_size < 32:
        raise InputError(f"TILE_SIZE is {job.tile_size}; expected 0 (from MEMORY) or at least 32 pixels.")


def _check_outputs(job: FusionJob, task: TaskSpec) -> None:
    """Refuse a result that would overwrite an input, or another result."""
    names = {role.parameter: job.inputs[role.role] for role in task.roles if job.inputs.get(role.role)}
    for parameter, path in job.outputs.items():
        for other, known in names.items():
            if same_file(known, path):
                raise OutputError(f"{parameter}: '{path}' is also {other}; choose another name for the result.")
        names[parameter] = path


def check_roles(job: FusionJob, task: TaskSpec, card: ModelCard) -> None:
    """Refuse rasters that the network does not take, and the lack of those that it cannot do without."""
    taken = [role for role in task.roles if card.input(role.role) is not None]
    given = {role.role for role in task.roles if job.inputs.get(role.role)}
    for role in task.roles:
        if role.role in given and role not in taken and not role.required:
            names = ", ".join(one.parameter for one in taken)
            raise InputError(
                f"{role.parameter} is given, but MODEL '{card.name}' takes {names} only; leave it empty, or choose "
                "another MODEL."
            )
        if role.role not in given and role in taken and card.input(role.role).required and not role.derived:
            raise InputError(f"{role.parameter} is missing, which MODEL '{card.name}' needs; name a raster.")
    if not given:
        names = ", ".join(role.parameter for role in taken)
        raise InputError(f"No raster is given; MODEL '{card.name}' takes {names}, so name at least one of them.")
