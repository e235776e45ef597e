# ruff: noqa: E501
"""Small networks with the inputs, layouts, normalisations and outputs of those in the literature: one for each form.

They are written from the papers' descriptions of what goes in and what comes out; inside they are as small as can be.
Tensors are (images, channels, rows, cols) unless a form says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import helper
from torch import nn
from torch.nn import functional

from tests.exports import drawn, model_of

SEEN: dict[str, Form] = {}
MS, PAN, HS, SAR, RGB = 4, 1, 12, 2, 3
RATIO = 4


@dataclass(frozen=True)
class Form:
    """One way in which networks are exported.

    Attributes
    ----------
    task : of the card.
    rasters : role -> (bands, pixel size over that of the result).
    inputs, outputs : of the card, in its short form.
    build : the graph.
    more : further fields of the card.
    words : what is special about it, for the table.
    tiles : whether the result is the same in all tiles; a network that pools over its whole tile cannot promise that.
    """

    task: str
    rasters: dict[str, tuple[int, int]]
    inputs: list[dict[str, Any]]
    outputs: list[dict[str, Any]]
    build: Callable[[Path], Path]
    words: str
    more: dict[str, Any] = field(default_factory=dict)
    tiles: bool = True


def conv(inside: int, outside: int, side: int = 3, padded: bool = True) -> nn.Conv2d:
    return nn.Conv2d(inside, outside, side, padding=side // 2 if padded else 0)


def exported(module: nn.Module, shapes: dict[str, tuple[int, ...]], outputs: list[str], free: dict[str, dict[int, str]]) -> Callable[[Path], Path]:
    """Write it as people do: torch's own exporter, operator set 17."""

    def build(path: Path) -> Path:
        torch.manual_seed(1)
        for weights in module.parameters():
            nn.init.normal_(weights, std=1.0 / max(1, weights[0].numel()) ** 0.5 if weights.ndim > 1 else 0.01)
        torch.onnx.export(module.eval(), tuple(torch.rand(shape) for shape in shapes.values()), str(path), dynamo=False,
                          opset_version=17, input_names=list(shapes), output_names=outputs, dynamic_axes=free)
        return path

    return build


class Net(nn.Module):
    """A module made of layers and a function of them and the inputs."""

    def __init__(self, how: Callable[..., Any], *layers: nn.Module) -> None:
        super().__init__()
        self.layers, self.how = nn.ModuleList(layers), how

    def forward(self, *given: torch.Tensor) -> Any:
        return self.how(self.layers, *given)


def free(*names: str) -> dict[str, dict[int, str]]:
    return {name: {2: f"rows_{name}", 3: f"cols_{name}"} for name in names}


def batch(*names: str) -> dict[str, dict[int, str]]:
    return {name: {0: "n"} for name in names}


def up(x: torch.Tensor, times: int = RATIO) -> torch.Tensor:
    return functional.interpolate(x, scale_factor=float(times), mode="bilinear", align_corners=False)


PAIR = {"ms": (MS, RATIO), "pan": (PAN, 1)}
JOINED = [{"name": "ms", "role": "ms", "bands": MS, "scaling": {"kind": "depth", "bits": 11}, "tensor": {"name": "x"}},
          {"name": "pan", "role": "pan", "bands": 1, "scaling": {"kind": "depth", "bits": 11}, "tensor": {"name": "x"}}]


def two(first: str, second: str, counts: tuple[int, int], scaling: Any, **more: Any) -> list[dict[str, Any]]:
    return [{"name": first, "role": first, "bands": counts[0], "scaling": scaling, **more},
            {"name": second, "role": second, "bands": counts[1], "scaling": scaling}]


def define(name: str, form: Form) -> None:
    SEEN[name] = form


# Pansharpening

define("joined, unpadded", Form(
    "pansharpening", PAIR, JOINED, [{"name": "y", "like": "ms"}],
    exported(Net(lambda net, x: net[1](torch.relu(net[0](x))), conv(5, 8, 5, False), conv(8, MS, 3, False)),
             {"x": (1, 5, 24, 24)}, ["y"], free("x", "y")),
    "interpolated MS and PAN in one tensor, unpadded convolutions, divided by the largest 11-bit value",
    {"halo": 3, "margin": 3}))
define("joined, residual", Form(
    "pansharpening", PAIR, JOINED, [{"name": "y", "like": "ms", "add": "ms"}],
    exported(Net(lambda net, x: net[1](torch.relu(net[0](x))), conv(5, 8), conv(8, MS)), {"x": (1, 5, 24, 24)}, ["y"],
             free("x", "y")),
    "one tensor; the output is added to the interpolated MS", {"halo": 2}))
define("high-pass, residual", Form(
    "pansharpening", PAIR, two("ms", "pan", (MS, PAN), {"kind": "depth", "bits": 11}),
    [{"name": "y", "like": "ms", "add": "ms"}],
    exported(Net(lambda net, ms, pan: net[1](torch.relu(net[0](torch.cat([ms - functional.avg_pool2d(ms, 5, 1, 2), pan
                                                                   - functional.avg_pool2d(pan, 5, 1, 2)], 1)))),
                 conv(5, 8), conv(8, MS)), {"ms": (1, MS, 24, 24), "pan": (1, 1, 24, 24)}, ["y"], free("ms", "pan", "y")),
    "details of both rasters in, details out, which are added to the interpolated MS", {"halo": 4}))
define("coarse and fine", Form(
    "pansharpening", PAIR, two("ms", "pan", (MS, PAN), {"kind": "linear", "scale": 2047}, ratio=RATIO),
    [{"name": "y", "like": "ms"}],
    exported(Net(lambda net, ms, pan: net[2](torch.relu(torch.cat([up(net[0](ms)), net[1](pan)], 1))), conv(MS, 6), conv(1, 6),
                 conv(12, MS)), {"ms": (1, MS, 8, 8), "pan": (1, 1, 32, 32)}, ["y"], free("ms", "pan", "y")),
    "MS as it is, four times coarser, and PAN; brought together inside", {"halo": 12}))
define("several outputs", Form(
    "pansharpening", PAIR, two("ms", "pan", (MS, PAN), {"kind": "linear", "scale": 2047}, ratio=RATIO),
    [{"name": "fine", "like": "ms"}],
    exported(Net(lambda net, ms, pan: (up(net[0](ms), 2), net[1](pan) + up(net[0](ms)), net[2](pan)), conv(MS, MS), conv(1, MS),
                 conv(1, 1)), {"ms": (1, MS, 8, 8), "pan": (1, 1, 32, 32)}, ["half", "fine", "grey"],
             free("ms", "pan", "half", "fine", "grey")),
    "a pyramid of outputs, of which the finest is kept", {"halo": 12}))


def keras(path: Path) -> Path:
    """Two inputs with channels last, as tf2onnx writes them; tanh at the end."""
    nodes = [helper.make_node("Concat", ["ms", "pan"], ["x"], axis=3),
             helper.make_node("Transpose", ["x"], ["t"], perm=[0, 3, 1, 2]),
             helper.make_node("Conv", ["t", "w"], ["h"], kernel_shape=[3, 3], pads=[1] * 4),
             helper.make_node("LeakyRelu", ["h"], ["a"]),
             helper.make_node("Conv", ["a", "v"], ["z"], kernel_shape=[3, 3], pads=[1] * 4),
             helper.make_node("Tanh", ["z"], ["s"]),
             helper.make_node("Transpose", ["s"], ["y"], perm=[0, 2, 3, 1])]
    model = model_of(nodes, {"ms": ("n", "r", "c", MS), "pan": ("n", "r", "c", 1)}, {"y": ("n", "r", "c", MS)},
                     {"w": drawn(6, 5, 3, 3), "v": drawn(MS, 6, 3, 3)})
    onnx.save(model, str(path))
    return path


LAST = {"layout": "NHWC"}
define("channels last, -1 to 1", Form(
    "pansharpening", PAIR,
    [{"name": "ms", "role": "ms", "bands": MS, "scaling": {"kind": "linear", "offset": 1024, "scale": 1024}, "tensor": LAST},
     {"name": "pan", "role": "pan", "bands": 1, "scaling": {"kind": "linear", "offset": 1024, "scale": 1024}, "tensor": LAST}],
    [{"name": "y", "like": "ms", "tensor": LAST}], keras,
    "Keras: channels last, values from -1 to 1, tanh at the end", {"halo": 2}))


class Attention(nn.Module):
    """Self-attention within blocks of 8 x 8 pixels."""

    def __init__(self, inside: int, outside: int) -> None:
        super().__init__()
        self.first, self.last, self.mix = nn.Conv2d(inside, 8, 1), nn.Conv2d(8, outside, 1), nn.Linear(8, 24)

    def forward(self, ms: torch.Tensor, pan: torch.Tensor) -> torch.Tensor:
        x = self.first(torch.cat([ms, pan], 1))
        count, channels, rows, cols = x.shape
        blocks = x.reshape(count, channels, rows // 8, 8, cols // 8, 8).permute(0, 2, 4, 3, 5, 1)
        tokens = blocks.reshape(-1, 64, channels)
        query, key, value = self.mix(tokens).chunk(3, dim=-1)
        tokens = tokens + torch.softmax(query @ key.transpose(1, 2) / channels**0.5, -1) @ value
        blocks = tokens.reshape(count, rows // 8, cols // 8, 8, 8, channels).permute(0, 5, 1, 3, 2, 4)
        return self.last(blocks.reshape(count, channels, rows, cols))


define("attention in blocks", Form(
    "pansharpening", PAIR, two("ms", "pan", (MS, PAN), {"kind": "depth", "bits": 11}), [{"name": "y", "like": "ms"}],
    exported(Attention(5, MS), {"ms": (1, MS, 24, 24), "pan": (1, 1, 24, 24)}, ["y"], free("ms", "pan", "y")),
    "a transformer whose attention stays within blocks of 8 x 8 pixels", {"halo": 8, "multiple_of": 8}))
define("fixed tile", Form(
    "pansharpening", PAIR, two("ms", "pan", (MS, PAN), {"kind": "depth", "bits": 11}), [{"name": "y", "like": "ms"}],
    exported(Net(lambda net, ms, pan: net[0](torch.cat([ms, pan], 1)), conv(5, MS)),
             {"ms": (2, MS, 32, 32), "pan": (2, 1, 32, 32)}, ["y"], {}),
    "tiles of 32 x 32 pixels, two at once, fixed in the graph", {"halo": 1}))
define("ratio and gains as numbers", Form(
    "pansharpening", PAIR,
    [*two("ms", "pan", (MS, PAN), {"kind": "dataset"}), {"name": "ratio", "role": "ratio"}, {"name": "gains", "role": "gains"}],
    [{"name": "y", "like": "ms"}],
    exported(Net(lambda net, ms, pan, ratio, gains: ms + (pan - functional.avg_pool2d(pan, 5, 1, 2)) * ratio
                 * gains.reshape(1, MS, 1, 1), conv(1, 1)),
             {"ms": (1, MS, 24, 24), "pan": (1, 1, 24, 24), "ratio": (1,), "gains": (MS,)}, ["y"], free("ms", "pan", "y")),
    "the ratio of pixel sizes and the sensor's gains as inputs", {"halo": 2}))

# Hyperspectral sharpening

CUBE = {"hs": (HS, RATIO), "guide": (3, 1)}
define("cube and guide, residual", Form(
    "hyperspectral_sharpening", CUBE, two("hs", "guide", (HS, 3), {"kind": "percentiles", "low": 0, "high": 100}),
    [{"name": "y", "like": "hs", "add": "hs"}],
    exported(Net(lambda net, hs, guide: net[1](torch.relu(net[0](torch.cat([hs, guide], 1)))), conv(HS + 3, 8), conv(8, HS)),
             {"hs": (1, HS, 24, 24), "guide": (1, 3, 24, 24)}, ["y"], free("hs", "guide", "y")),
    "the interpolated cube and the guide; the output is added to the cube", {"halo": 2}))
define("coarse cube", Form(
    "hyperspectral_sharpening", CUBE, two("hs", "guide", (HS, 3), {"kind": "linear", "scale": 2000}, ratio=RATIO),
    [{"name": "y", "like": "hs"}],
    exported(Net(lambda net, hs, guide: net[2](torch.relu(torch.cat([up(net[0](hs)), net[1](guide)], 1))), conv(HS, 6), conv(3, 6),
                 conv(12, HS)), {"hs": (1, HS, 8, 8), "guide": (1, 3, 32, 32)}, ["y"], free("hs", "guide", "y")),
    "the coarse cube as it is, and the guide", {"halo": 12}))
define("coarse and interpolated cube", Form(
    "hyperspectral_sharpening", CUBE,
    [{"name": "low", "role": "hs", "bands": HS, "ratio": RATIO, "scaling": {"kind": "linear", "scale": 2000}},
     {"name": "wide", "role": "hs", "bands": HS, "again": True, "scaling": {"kind": "linear", "scale": 2000}},
     {"name": "guide", "role": "guide", "bands": 3, "scaling": {"kind": "linear", "scale": 2000}}],
    [{"name": "y", "like": "hs"}],
    exported(Net(lambda net, low, wide, guide: wide + net[1](guide) * 0.1 + up(net[0](low) - low), conv(HS, HS), conv(3, HS)),
             {"low": (1, HS, 8, 8), "wide": (1, HS, 32, 32), "guide": (1, 3, 32, 32)}, ["y"],
             free("low", "wide", "guide", "y")),
    "unfolded iterations: the cube as it is and interpolated, and the guide", {"halo": 12}))
define("pixel by pixel", Form(
    "hyperspectral_sharpening", CUBE, two("hs", "guide", (HS, 3), {"kind": "scene"}), [{"name": "y", "like": "hs"}],
    exported(Net(lambda net, hs, guide: net[1](torch.softmax(net[0](torch.cat([hs, guide], 1)), 1)), conv(HS + 3, 5, 1),
                 conv(5, HS, 1)), {"hs": (1, HS, 24, 24), "guide": (1, 3, 24, 24)}, ["y"], free("hs", "guide", "y")),
    "an autoencoder of single pixels with shares inside", {"halo": 0}))
define("spectrum and patch", Form(
    "hyperspectral_sharpening", CUBE,
    [{"name": "s", "role": "hs", "bands": HS, "scaling": {"kind": "linear", "scale": 2000}, "tensor": {"layout": "N1C"}},
     {"name": "p", "role": "guide", "bands": 3, "scaling": {"kind": "linear", "scale": 2000}}],
    [{"name": "y", "like": "hs", "tensor": {"layout": "NC"}}],
    exported(Net(lambda net, s, p: net[1](torch.cat([s[:, 0], torch.relu(net[0](p)).mean((2, 3))], 1)), conv(3, 6),
                 nn.Linear(HS + 6, HS)), {"s": (2, 1, HS), "p": (2, 3, 7, 7)}, ["y"], batch("s", "p", "y")),
    "a pixel's spectrum and a patch of the guide in, its fine spectrum out", {"halo": 3, "window": 7}))
define("code of the scene", Form(
    "network_run", {"raster1": (3, 1), "raster2": (8, 1)},
    [{"name": "guide", "role": "raster1", "bands": 3, "scaling": {"kind": "scene"}},
     {"name": "code", "role": "raster2", "bands": 8, "scaling": {"kind": "scene"}}],
    [{"name": "y", "bands": HS}],
    exported(Net(lambda net, guide, code: torch.sigmoid(net[1](torch.relu(net[0](torch.cat([guide, code], 1))))), conv(11, 8),
                 conv(8, HS)), {"guide": (1, 3, 24, 24), "code": (1, 8, 24, 24)}, ["y"], free("guide", "code", "y")),
    "a decoder whose code was found on the scene; the code is a raster beside the guide", {"halo": 2}))

# Dates between

define("three dates", Form(
    "network_run", {"raster1": (3, 1), "raster2": (3, 4), "raster3": (3, 4)},
    [{"name": name, "role": role, "bands": 3, "scaling": {"kind": "linear", "scale": 10000}}
     for name, role in (("fine1", "raster1"), ("coarse1", "raster2"), ("coarse2", "raster3"))],
    [{"name": "y", "like": "raster1"}],
    exported(Net(lambda net, f, a, b: net[0](f) + net[1](b) - net[1](a), conv(3, 3), conv(3, 3)),
             dict.fromkeys(("fine1", "coarse1", "coarse2"), (1, 3, 24, 24)), ["y"],
             free("fine1", "coarse1", "coarse2", "y")),
    "a fine and a coarse image of one date, the coarse one of another; reflectance over 10000", {"halo": 1}))
define("two dates and their days", Form(
    "network_run", {"raster1": (3, 1), "raster2": (3, 4)},
    [{"name": "fine", "role": "raster1", "bands": 3, "scaling": {"kind": "reflectance"}},
     {"name": "coarse", "role": "raster2", "bands": 3, "ratio": 4, "scaling": {"kind": "reflectance"}},
     {"name": "day", "role": "date", "date_of": "raster2", "date_form": "sin_cos"}],
    [{"name": "y", "like": "raster1"}],
    exported(Net(lambda net, f, c, day: net[0](f) + up(net[1](c)) * 0.1 + day.sum() * 0.01, conv(3, 3), conv(3, 3)),
             {"fine": (1, 3, 32, 32), "coarse": (1, 3, 8, 8), "day": (2,)}, ["y"], free("fine", "coarse", "y")),
    "any fine image, the coarse one of the wanted date, and that date as a number", {"halo": 12}))
