"""Protocols of assessment that tasks bring along: their parameters, and what was given for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingParameterDefinition

from ..core.basics.errors import InputError
from ..core.engine.contract import Protocol, Task
from ..core.engine.job import Job
from ..core.engine.options import options_of
from ..core.rasters.overwriting import Read
from .layers import gdal_source, source_as_placed
from .option_parameters import option_parameters, read_options
from .parameters import advanced, role_parameter
from .registration_parameters import number_fault
from .role_layers import layers_of, members

Parameters = dict[str, Any]


class FurtherProtocol:
    """One of them, beside the protocols that every assessment has.

    Parameters
    ----------
    task : Task
    protocol : one of its protocols.
    """

    def __init__(self, task: Task, protocol: Protocol) -> None:
        self.task, self.protocol, self.id = task, protocol, protocol.id

    def definitions(self) -> list[QgsProcessingParameterDefinition]:
        """Return the parameters; every role is optional, as other protocols do without."""
        made = []
        for role in self.task.roles:
            text = f"PROTOCOL {self.id}: {role.help}"
            definition = role_parameter(replace(role, required=False, help=text))
            made.append(advanced(definition))
        return [*made, *(advanced(one) for one in option_parameters(self.protocol.options))]

    def read(self, algorithm: QgsProcessingAlgorithm, parameters: Parameters, context: QgsProcessingContext) -> Job:
        """Return what was given; raises InputError where a raster is missing, or something cannot be used."""
        numbers = [one.name for one in options_of(self.protocol.options).values() if one.kind.endswith("number")]
        given = [name for name in numbers if parameters.get(name) is not None]
        fault = number_fault(algorithm, parameters, context, given)
        if fault:
            raise InputError(fault)
        inputs: dict[str, str] = {}
        for role in self.task.roles:
            if parameters.get(role.parameter) in (None, "", []):
                if role.required:
                    wanted = ", ".join(one.parameter for one in self.task.roles if one.required)
                    raise InputError(
                        f"{role.parameter} is missing; PROTOCOL {self.id} needs {wanted}, so name rasters or choose "
                        "another PROTOCOL."
                    )
                continue
            for one, (layer, value) in zip(members(role), layers_of(algorithm, parameters, role, context)):
                inputs[one.name] = source_as_placed(layer, gdal_source(one.parameter, layer, value))
        options = read_options(algorithm, parameters, context, self.protocol.options)
        return Job(self.task, inputs, method=self.protocol.method, options=options)


def reads_of(job: Job) -> list[Read]:
    """The rasters of a job, by the user's names."""
    return [Read(job.task.parameter(name), path) for name, path in job.inputs.items()]


def find(protocols: Sequence[FurtherProtocol], name: str) -> FurtherProtocol | None:
    """The protocol of that id, None where it is not among them."""
    return next((one for one in protocols if one.id == name), None)
