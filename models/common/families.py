"""The networks of all tasks: every `models/<id>/networks` has a `FAMILY`, which this module finds by walking.

A card names a task and an architecture; together they name the class that a checkpoint or an ONNX file is built with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch import nn

from models.common.discovery import found
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.card_files import card_from_document


def _nothing(network: nn.Module, card: ModelCard) -> None:
    """A network that its architecture and its weights tell whole."""


@dataclass(frozen=True)
class Family:
    """The networks of one task; each class has `slug`, `halo`, `multiple_of`, `config` and `forward(*inputs)`."""

    task: str
    """As the card says."""
    architectures: tuple[type[Any], ...]
    """The default first."""
    specs: Callable[[Any], dict[str, Any]]
    """From a network: the card's `inputs`, in the order of `forward`, and `outputs`, in the short form of a card."""
    take_over: Callable[[Any, ModelCard], None] = _nothing
    """Tell a network what stands in its card only; neutral: nothing does."""

    @property
    def slugs(self) -> tuple[str, ...]:
        """Names of the architectures, as files and cards have them."""
        return tuple(one.slug for one in self.architectures)

    def build(self, slug: str, config: dict[str, Any]) -> Any:
        """The network of that slug, built with that configuration.

        Raises
        ------
        ValueError
            No architecture has that slug.
        """
        for architecture in self.architectures:
            if architecture.slug == slug:
                return architecture(**config)
        raise ValueError(
            f"Found the network '{slug}', expected one of {', '.join(self.slugs)}; check the checkpoint's name of it."
        )

    def draft_card(self, network: Any, name: str = "draft") -> ModelCard:
        """The card with what follows from the network alone."""
        fields = {"halo": int(network.halo), "multiple_of": int(network.multiple_of), "architecture": network.slug}
        return card_from_document({"name": name, "task": self.task, **fields, **self.specs(network)})


def families(task: str | None = None) -> tuple[Family, ...]:
    """All families, or those of one task, in the order of their folders."""
    every = (module.FAMILY for module in found("networks").values())
    return tuple(family for family in every if task in (None, family.task))


def family_of(slug: str, task: str | None = None) -> Family:
    """The family that has an architecture, of that task if one is named.

    Raises
    ------
    ValueError
        None has it.
    """
    among = families(task)
    for family in among:
        if slug in family.slugs:
            return family
    known = ", ".join(name for family in among for name in family.slugs) or "none"
    raise ValueError(f"Found the network '{slug}', expected one of {known}; check the checkpoint's name of it.")
