"""Lays a package's graph out anew for OpenVINO: the same numbers with fewer moves of memory.

The graph is written for ONNX Runtime: a layer normalization of the channels stands between two transpositions, because
ONNX normalizes the last axis only. OpenVINO holds channels last in memory whatever the axes are called, and would carry
both transpositions out for real: a sixth of the time of a ConvNeXt. Here the channels are normalized where they are.

The channels of a network's input are copies of one gray value, each normalized by numbers of its own. Where the first
convolution pads nothing, it can read the gray value itself: its weights by channel are added up, and the normalization
goes into weights and bias. (Where it pads, the padding is zero after the normalization, so it cannot.)
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.preprocessing.recipe import Channels

_TO_LAST, _FROM_LAST = (0, 2, 3, 1), (0, 3, 1, 2)


def lay_out(model: Any, channels: Channels) -> bool:
    """Change a model in place; its input must have a fixed shape (1, c, h, w).

    Parameters
    ----------
    model : openvino.Model
        As read from a package's graph.
    channels : Channels
        How the gray of a slice becomes the model's input.

    Returns
    -------
    bool
        Whether the model now takes gray slices (1, 1, h, w) instead of normalized channels.
    """
    from openvino import opset13, passes

    manager = passes.Manager()
    manager.register_pass(passes.ConstantFolding())
    manager.run_passes(model)
    for node in model.get_ordered_ops():
        if node.get_type_name() == "MVN":
            _normalize_in_place(opset13, node)
    takes_gray = _read_gray(opset13, model, channels)
    model.validate_nodes_and_infer_types()
    return takes_gray


def _normalize_in_place(ops: Any, norm: Any) -> None:
    """Replace transpose, normalize, scale, shift, transpose by the same along the axis of channels.

    What looks otherwise stays: it is only slower.
    """
    before, scale = _source(norm, 0), _only_user(norm)
    shift = scale and _only_user(scale)
    after = shift and _only_user(shift)
    chain = [node.get_type_name() if node else "" for node in (before, scale, shift, after)]
    axes, options = _constant(norm, 1), norm.get_attributes()
    if chain != ["Transpose", "Multiply", "Add", "Transpose"] or axes is None or axes.tolist() not in ([-1], [3]):
        return
    if _order(before) != _TO_LAST or _order(after) != _FROM_LAST or not options["normalize_variance"]:
        return
    by, to = _constant(scale, 1), _constant(shift, 1)
    if by is None or to is None or options["eps_mode"] != "INSIDE_SQRT":
        return
    axis = np.array([1], dtype=np.int64)
    values = before.input_value(0)
    centered = ops.subtract(values, ops.reduce_mean(values, axis, keep_dims=True))
    variance = ops.reduce_mean(ops.multiply(centered, centered), axis, keep_dims=True)
    spread = ops.sqrt(ops.add(variance, np.float32(options["eps"])))
    scaled = ops.multiply(ops.divide(centered, spread), by.reshape(1, -1, 1, 1).astype(np.float32))
    shifted = ops.add(scaled, to.reshape(1, -1, 1, 1).astype(np.float32))
    after.output(0).replace(shifted.output(0))


def _read_gray(ops: Any, model: Any, channels: Channels) -> bool:
    (source,) = model.get_parameters()
    first = _only_user(source)
    if first is None or first.get_type_name() != "Convolution":
        return False
    options, weights = first.get_attributes(), _constant(first, 1)
    if weights is None or weights.shape[1] != len(channels.mean) or any((*options["pads_begin"], *options["pads_end"])):
        return False
    if options["auto_pad"] not in {"explicit", "valid"}:
        return False
    mean = np.array(channels.mean, dtype=np.float64).reshape(1, -1, 1, 1)
    by_channel = weights.astype(np.float64) / np.array(channels.std, dtype=np.float64).reshape(1, -1, 1, 1)
    rows, columns = (source.output(0).get_shape()[axis] for axis in (2, 3))
    gray = ops.parameter([1, 1, rows, columns], np.float32, name=source.get_friendly_name())
    shape = (options["strides"], options["pads_begin"], options["pads_end"], options["dilations"])
    read = ops.convolution(gray, by_channel.sum(axis=1, keepdims=True).astype(np.float32), *shape)
    offset = -(by_channel * mean).sum(axis=(1, 2, 3)).astype(np.float32).reshape(1, -1, 1, 1)
    first.output(0).replace(ops.add(read, offset).output(0))
    model.add_parameters([gray])
    model.remove_parameter(source)
    return True


def _source(node: Any, index: int) -> Any:
    return node.input_value(index).get_node()


def _only_user(node: Any) -> Any:
    """The one node that reads a node's result, else None."""
    users = [target.get_node() for output in node.outputs() for target in output.get_target_inputs()]
    return users[0] if len(users) == 1 else None


def _constant(node: Any, index: int) -> NDArray[Any] | None:
    """The values of a constant input, in the precision in which they are stored."""
    found = _source(node, index)
    if found.get_type_name() == "Convert":
        found = _source(found, 0)
    return np.array(found.data) if found.get_type_name() == "Constant" else None


def _order(transposition: Any) -> tuple[int, ...]:
    order = _constant(transposition, 1)
    return () if order is None else tuple(int(axis) for axis in order)
