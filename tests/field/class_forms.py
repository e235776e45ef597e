# ruff: noqa: E501
"""The forms of classifiers, segmentations and networks for clouds, as `forms` has those that make images finer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import TensorProto, helper
from torch import nn
from torch.nn import functional

from tests.exports import drawn, model_of
from tests.field.forms import HS, Form, Net, batch, conv, define, exported, free, up

# Classification of hyperspectral and LiDAR rasters

LIDAR = {"hs": (HS, 1), "lidar": (1, 1)}
CLASSES = ["grass", "tree", "roof", "road", "water"]


def patches(how: Callable[..., Any], layers: list[nn.Module], hs: dict[str, Any], window: int, words: str, **more: Any) -> Form:
    """A classifier of windows of both rasters."""
    bands = hs.get("components") or HS
    side = (window, window) if window > 1 else ()
    shapes = {"h": (2, bands, *side), "d": (2, 1, *side)}
    form = {"layout": "NC"} if window == 1 else {}
    inputs = [{"name": "h", "role": "hs", "bands": HS, "tensor": form, **hs},
              {"name": "d", "role": "lidar", "bands": 1, "scaling": {"kind": "scene"}, "tensor": form}]
    return Form("classification", LIDAR, inputs, [{"name": "y", "classes": CLASSES, "tensor": {"layout": "NC"}}],
                exported(Net(how, *layers), shapes, ["y"], batch("h", "d", "y")), words,
                {"halo": window // 2, "window": window, **more})


def pooled(layers: Any, h: torch.Tensor, d: torch.Tensor) -> torch.Tensor:
    both = torch.cat([torch.relu(layers[0](h)), torch.relu(layers[1](d))], 1)
    return layers[2](both.mean((2, 3)))


define("patches", patches(pooled, [conv(HS, 8), conv(1, 4), nn.Linear(12, 5)], {"scaling": {"kind": "scene"}}, 11,
                          "windows of 11 x 11 pixels of both rasters, each band by the scene's mean and deviation"))
define("patches of components", patches(
    pooled, [conv(4, 8), conv(1, 4), nn.Linear(12, 5)],
    {"components": 4, "whiten": True, "scaling": {"kind": "scene"}}, 7,
    "windows of principal components that are learned on the scene"))
define("patches by their own mean", patches(
    pooled, [conv(HS, 8), conv(1, 4), nn.Linear(12, 5)], {"scaling": {"kind": "patch"}}, 9,
    "each window by its own mean and deviation"))
define("single pixels", patches(
    lambda net, h, d: net[2](torch.cat([torch.relu(net[0](h)), torch.relu(net[1](d))], 1)),
    [nn.Linear(HS, 8), nn.Linear(1, 4), nn.Linear(12, 5)], {"scaling": {"kind": "percentiles", "low": 0, "high": 100}}, 1,
    "one pixel's spectrum and height, each from 0 to 1"))
define("spectrum, patch and height", Form(
    "classification", LIDAR,
    [{"name": "s", "role": "hs", "bands": HS, "scaling": {"kind": "scene"}, "tensor": {"layout": "NC1"}},
     {"name": "p", "role": "hs", "bands": HS, "again": True, "components": 3, "scaling": {"kind": "scene"}},
     {"name": "d", "role": "lidar", "bands": 1, "scaling": {"kind": "scene"}}],
    [{"name": "y", "classes": CLASSES, "tensor": {"layout": "NC"}}],
    exported(Net(lambda net, s, p, d: net[2](torch.cat([s[:, :, 0], net[0](p).mean((2, 3)), net[1](d).mean((2, 3))], 1)),
                 conv(3, 4), conv(1, 4), nn.Linear(HS + 8, 5)),
             {"s": (2, HS, 1), "p": (2, 3, 11, 11), "d": (2, 1, 11, 11)}, ["y"], batch("s", "p", "d", "y")),
    "two branches of one cube, the pixel's spectrum and a patch of its components, and a patch of heights",
    {"halo": 5, "window": 11}))


def volumes(path: Path) -> Path:
    """3-D convolutions as Keras has them: windows, rows, columns, bands, one."""
    nodes = [helper.make_node("Transpose", ["x"], ["t"], perm=[0, 4, 3, 1, 2]),
             helper.make_node("Conv", ["t", "w"], ["z"], kernel_shape=[3, 3, 3]), helper.make_node("Relu", ["z"], ["r"]),
             helper.make_node("GlobalAveragePool", ["r"], ["g"]), helper.make_node("Flatten", ["g"], ["f"]),
             helper.make_node("MatMul", ["f", "v"], ["l"]), helper.make_node("Softmax", ["l"], ["y"], axis=1)]
    onnx.save(model_of(nodes, {"x": ("n", 9, 9, 6, 1)}, {"y": ("n", 5)}, {"w": drawn(6, 1, 3, 3, 3), "v": drawn(6, 5)}),
              str(path))
    return path


define("volumes, channels last", Form(
    "classification", {"hs": (HS, 1)},
    [{"name": "x", "role": "hs", "bands": HS, "components": 6, "scaling": {"kind": "scene"}, "tensor": {"layout": "NHWC1"}}],
    [{"name": "y", "classes": CLASSES, "scores": "probabilities", "tensor": {"layout": "NC"}}], volumes,
    "Keras: 3-D convolutions over windows of components, an axis of length one at the end, softmax",
    {"halo": 4, "window": 9}))
define("shares of a window", Form(
    "network_run", {"raster1": (HS, 1), "raster2": (1, 1)},
    [{"name": "h", "role": "raster1", "bands": HS, "scaling": {"kind": "linear", "scale": 2000}},
     {"name": "d", "role": "raster2", "bands": 1, "required": False, "scaling": {"kind": "scene"}}],
    [{"name": "y", "bands": ["soil", "tree", "roof"], "tensor": {"layout": "NC11"}}],
    exported(Net(lambda net, h, d: torch.softmax(net[2](torch.cat([net[0](h), net[1](d)], 1)).mean((2, 3), keepdim=True), 1),
                 conv(HS, 6), conv(1, 2), conv(8, 3, 1)), {"h": (2, HS, 7, 7), "d": (2, 1, 7, 7)}, ["y"],
             batch("h", "d", "y")),
    "shares of materials in a pixel from a window of the cube, with or without heights", {"halo": 3, "window": 7}))

# Segmentation

SCENE = {"optical": (3, 1), "sar": (2, 1)}
DECIBEL = {"kind": "decibels", "low": -25, "high": 0}
WATER = ["other", "water", "forest"]


def seen(joined: bool = False, **more: Any) -> list[dict[str, Any]]:
    form = {"name": "x"} if joined else {}
    return [{"name": "optical", "role": "optical", "bands": ["red", "green", "blue"], "tensor": form,
             "scaling": {"kind": "percentiles", "low": 2, "high": 98}, "clip": [0, 1], **more},
            {"name": "sar", "role": "sar", "bands": ["VV", "VH"], "scaling": DECIBEL, "tensor": form, **more}]


def segments(how: Callable[..., Any], layers: list[nn.Module], words: str, halo: int, side: int = 0, out: Any = None,
             step: int = 1, tiles: bool = True, outputs: tuple[str, ...] = ("y",)) -> Form:
    size = side or 32
    names = ("optical", "sar")
    told = out or {"name": "y", "classes": WATER}
    return Form("segmentation", SCENE, seen(), [told],
                exported(Net(how, *layers), {"optical": (1, 3, size, size), "sar": (1, 2, size, size)}, list(outputs),
                         {} if side else free(*names, *outputs)),
                words, {"halo": halo, "multiple_of": step}, tiles)


define("one tensor of all sensors", Form(
    "segmentation", SCENE, seen(joined=True), [{"name": "y", "classes": WATER}],
    exported(Net(lambda net, x: net[1](torch.relu(net[0](x))), conv(5, 6), conv(6, 3)), {"x": (1, 5, 24, 24)}, ["y"], free("x", "y")),
    "optical bands and decibels clipped to -25 to 0 in one tensor", {"halo": 2}))
define("two branches", segments(
    lambda net, o, s: net[2](torch.relu(net[0](o)) * torch.relu(net[1](s)) + torch.relu(net[0](o))), [conv(3, 6), conv(2, 6), conv(6, 3)],
    "a branch for each sensor, joined by sums and products", 2))
define("gates", segments(
    lambda net, o, s: net[3]((lambda g, a, b: g * a + (1 - g) * b)(torch.sigmoid(net[2](torch.cat([net[0](o), net[1](s)], 1))),
                                                               net[0](o), net[1](s))),
    [conv(3, 6), conv(2, 6), conv(12, 6), conv(6, 3)], "a gate says for each pixel which sensor is believed", 3))
define("pooled attention", segments(
    lambda net, o, s: net[3]((lambda x: x * torch.sigmoid(net[2](x.mean((2, 3), keepdim=True))))(torch.cat([net[0](o), net[1](s)], 1))),
    [conv(3, 6), conv(2, 6), conv(12, 12, 1), conv(12, 3)],
    "channels are weighed by their mean over the whole tile, so the result depends on the tiles", 2, tiles=False))
define("cross-attention, fixed tile", segments(
    lambda net, o, s: net[2](net[0](o) + (torch.softmax(net[1](s).flatten(2).transpose(1, 2) @ net[0](o).flatten(2) / 10, -1)
                                    @ net[0](o).flatten(2).transpose(1, 2)).transpose(1, 2).reshape(1, 6, 32, 32)),
    [conv(3, 6), conv(2, 6), conv(6, 3)],
    "attention between all pixels of a tile of a fixed size, so the result depends on where tiles lie", 4, side=32,
    tiles=False))
define("labels", segments(
    lambda net, o, s: net[1](torch.relu(net[0](torch.cat([o, s], 1) - 0.5))).argmax(1), [conv(5, 6), conv(6, 3)],
    "the graph ends in labels and gives no scores", 2,
    out={"name": "y", "classes": WATER, "scores": "labels", "tensor": {"layout": "NHW", "dtype": "int64"}}))
define("one channel of two classes", Form(
    "classification", {"ms": (4, 1), "lidar": (1, 1)},
    [{"name": "ms", "role": "ms", "bands": 4, "scaling": {"kind": "linear", "scale": 2047}},
     {"name": "lidar", "role": "lidar", "bands": 1, "scaling": {"kind": "scene"}}],
    [{"name": "y", "classes": ["other", "building"], "scores": "probabilities"}],
    exported(Net(lambda net, ms, h: (torch.sigmoid(up(net[2](functional.avg_pool2d(torch.relu(net[0](ms)) + net[1](h), 4)))),
                                   net[0](ms), net[1](h)),
                 conv(4, 6), conv(1, 6), conv(6, 1)), {"ms": (1, 4, 32, 32), "lidar": (1, 1, 32, 32)}, ["y", "aux1", "aux2"],
             free("ms", "lidar", "y", "aux1", "aux2")),
    "image and heights; one channel for buildings, further outputs of the training are left out",
    {"halo": 16, "multiple_of": 4}))

# Clouds

define("optical and radar, residual", Form(
    "network_run", {"raster1": (4, 1), "raster2": (2, 1)},
    [{"name": "optical", "role": "raster1", "bands": 4, "scaling": {"kind": "linear", "scale": 2000}, "clip": [0, 5]},
     {"name": "sar", "role": "raster2", "bands": ["VV", "VH"], "scaling": DECIBEL}],
    [{"name": "y", "like": "raster1", "add": "raster1"}],
    exported(Net(lambda net, o, s: net[1](torch.relu(net[0](torch.cat([o, s], 1)))) * 0.1, conv(6, 8), conv(8, 4)),
             {"optical": (1, 4, 24, 24), "sar": (1, 2, 24, 24)}, ["y"], free("optical", "sar", "y")),
    "a cloudy image over 2000 and decibels from 0 to 1; the output is added to the image", {"halo": 2}))
define("half precision", Form(
    "network_run", {"raster1": (4, 1), "raster2": (2, 1)},
    [{"name": "optical", "role": "raster1", "bands": 4, "scaling": {"kind": "linear", "scale": 10000},
      "tensor": {"dtype": "float16"}},
     {"name": "sar", "role": "raster2", "bands": ["VV", "VH"], "scaling": DECIBEL, "tensor": {"dtype": "float16"}}],
    [{"name": "y", "like": "raster1", "tensor": {"dtype": "float16"}}],
    lambda path: halved(path), "float16 in and out", {"halo": 1}))


def halved(path: Path) -> Path:
    """A convolution with 16-bit weights."""
    nodes = [helper.make_node("Concat", ["optical", "sar"], ["x"], axis=1),
             helper.make_node("Conv", ["x", "w"], ["y"], kernel_shape=[3, 3], pads=[1] * 4)]
    half = dict.fromkeys(("optical", "sar", "y"), TensorProto.FLOAT16)
    onnx.save(model_of(nodes, {"optical": (1, 4, "r", "c"), "sar": (1, 2, "r", "c")}, {"y": (1, 4, "r", "c")},
                       {"w": drawn(4, 6, 3, 3).astype("float16")}, half), str(path))
    return path


# Points of interest

define("image and distances of points", Form(
    "classification", {"ms": (3, 1), "poi": (4, 1)},
    [{"name": "image", "role": "ms", "bands": 3, "scaling": {"kind": "linear", "scale": 255}, "tensor": {"dtype": "float32"}},
     {"name": "points", "role": "poi", "bands": 4, "required": False, "scaling": {"kind": "percentiles"}}],
    [{"name": "y", "classes": CLASSES, "tensor": {"layout": "NC"}}],
    exported(Net(lambda net, i, p: net[2](torch.cat([net[0](i).mean((2, 3)), net[1](p).mean((2, 3))], 1)), conv(3, 6), conv(4, 6),
                 nn.Linear(12, 5)), {"image": (2, 3, 15, 15), "points": (2, 4, 15, 15)}, ["y"], batch("image", "points", "y")),
    "windows of an image and of distances to points, which may be missing", {"halo": 7, "window": 15}))
