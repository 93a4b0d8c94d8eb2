"""Lays a package's graph out anew for OpenVINO: the same numbers by fewer operations.

The graph is written for ONNX Runtime: a layer normalization of the channels stands between two transpositions, because
ONNX normalizes the last axis only. OpenVINO holds channels last in memory whatever the axes are called, and would carry
both transpositions out for real: a sixth of the time of a ConvNeXt. Here the channels are normalized where they are.
Where a convolution stands beside the norm, a part of it is done once and for all, in the weights:

- one that alone reads the norm, and pads nothing, takes over scale and shift;
- one that is read by the norm alone gives channels whose mean is 0.

The channels of a network's input are copies of one gray value, each normalized by numbers of its own. Where the first
convolution pads nothing, it can read the gray value itself: its weights by channel are added up, and the normalization
goes into weights and bias. (Where it pads, the padding is zero after the normalization, so it cannot.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.preprocessing.recipe import Channels

Weights = NDArray[np.float64]

_TO_LAST, _FROM_LAST = (0, 2, 3, 1), (0, 3, 1, 2)


@dataclass(frozen=True, slots=True, eq=False)
class _Norm:
    """Transpose, normalize, scale, shift, transpose.

    Attributes
    ----------
    source, result : openvino.Node
        The first and the last of them.
    scale, shift : array of float64, shape (c,)
        By channel.
    eps : float
        Added to the variance.
    """

    source: Any
    result: Any
    scale: Weights
    shift: Weights
    eps: np.float32


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
    _replace_norms(opset13, model)
    takes_gray = _read_gray(opset13, model, channels)
    model.validate_nodes_and_infer_types()
    return takes_gray


def _replace_norms(ops: Any, model: Any) -> None:
    """In a function of its own, so that no name holds what was replaced: it would count as a reader still."""
    for node in model.get_ordered_ops():
        norm = _norm_around(node) if node.get_type_name() == "MVN" else None
        if norm is not None:
            _replace(ops, norm)


def _norm_around(node: Any) -> _Norm | None:
    """The norm of channels whose middle is a given node; None where it looks otherwise, which is only slower."""
    before, scale = _source(node, 0), _only_user(node)
    shift = scale and _only_user(scale)
    after = shift and _only_user(shift)
    chain = [part.get_type_name() if part else "" for part in (before, scale, shift, after)]
    axes, options = _constant(node, 1), node.get_attributes()
    if chain != ["Transpose", "Multiply", "Add", "Transpose"] or axes is None or axes.tolist() not in ([-1], [3]):
        return None
    if _order(before) != _TO_LAST or _order(after) != _FROM_LAST or not options["normalize_variance"]:
        return None
    by, to = _constant(scale, 1), _constant(shift, 1)
    if by is None or to is None or options["eps_mode"] != "INSIDE_SQRT":
        return None
    if any(numbers.ndim and numbers.size != numbers.shape[-1] for numbers in (by, to)):
        return None  # not by channel
    return _Norm(before, after, _numbers(by).ravel(), _numbers(to).ravel(), np.float32(options["eps"]))


def _replace(ops: Any, norm: _Norm) -> None:
    values = norm.source.input_value(0)
    reader = _only_user(norm.result)
    kernel = _weights_without_padding(reader)
    centered = _centered_by_its_convolution(ops, norm.source) or ops.subtract(values, _mean(ops, values))
    variance = _mean(ops, ops.multiply(centered, centered))
    normal = ops.divide(centered, ops.sqrt(ops.add(variance, norm.eps)))
    if kernel is None:
        scaled = ops.add(ops.multiply(normal, _by_channel(norm.scale)), _by_channel(norm.shift))
        norm.result.output(0).replace(scaled.output(0))
    else:
        shift = (kernel * norm.shift.reshape(1, -1, 1, 1)).sum(axis=(1, 2, 3))
        read = _convolution(ops, normal, kernel * norm.scale.reshape(1, -1, 1, 1), like=reader)
        reader.output(0).replace(ops.add(read, _by_channel(shift)).output(0))


def _centered_by_its_convolution(ops: Any, source: Any) -> Any:
    """The norm's input with a mean of 0 at each place, where a convolution can give it so; else None."""
    sum_ = _source(source, 0)
    if sum_.get_type_name() != "Add" or _only_user(sum_) is None:
        return None
    first, bias = _source(sum_, 0), _constant(sum_, 1)
    weights = _constant(first, 1) if first.get_type_name() == "Convolution" and _only_user(first) else None
    if weights is None or bias is None or bias.shape[-3:] != (len(weights), 1, 1):
        return None
    kernel, offset = _numbers(weights), _numbers(bias).ravel()
    given = _convolution(ops, first.input_value(0), kernel - kernel.mean(axis=0), like=first)
    return ops.add(given, _by_channel(offset - offset.mean()))


def _read_gray(ops: Any, model: Any, channels: Channels) -> bool:
    (source,) = model.get_parameters()
    first = _only_user(source)
    kernel = _weights_without_padding(first)
    if kernel is None or kernel.shape[1] != len(channels.mean):
        return False
    mean, std = (np.array(numbers).reshape(1, -1, 1, 1) for numbers in (channels.mean, channels.std))
    by_gray = kernel / std
    rows, columns = (source.output(0).get_shape()[axis] for axis in (2, 3))
    gray = ops.parameter([1, 1, rows, columns], np.float32, name=source.get_friendly_name())
    read = _convolution(ops, gray, by_gray.sum(axis=1, keepdims=True), like=first)
    offset = _by_channel(-(by_gray * mean).sum(axis=(1, 2, 3)))
    first.output(0).replace(ops.add(read, offset).output(0))
    model.add_parameters([gray])
    model.remove_parameter(source)
    return True


def _convolution(ops: Any, values: Any, kernel: Weights, *, like: Any) -> Any:
    options = like.get_attributes()
    shape = (options["strides"], options["pads_begin"], options["pads_end"], options["dilations"])
    return ops.convolution(values, _stored(kernel), *shape, auto_pad=options["auto_pad"])


def _mean(ops: Any, values: Any) -> Any:
    """Means over the channels, (1, 1, h, w)."""
    return ops.reduce_mean(values, np.array([1], dtype=np.int64), keep_dims=True)


def _weights_without_padding(node: Any) -> Weights | None:
    """Weights (o, i, h, w) of a convolution that pads nothing; None for anything else."""
    if node is None or node.get_type_name() != "Convolution":
        return None
    options, weights = node.get_attributes(), _constant(node, 1)
    pads = any((*options["pads_begin"], *options["pads_end"])) or options["auto_pad"] not in {"explicit", "valid"}
    return None if weights is None or pads else _numbers(weights)


def _by_channel(numbers: Weights) -> Any:
    return _stored(numbers.reshape(1, -1, 1, 1))


def _stored(numbers: Weights) -> Any:
    """A constant of the graph; of an array the operations would make one by way of a list, number by number."""
    from openvino import op

    return op.Constant(np.ascontiguousarray(numbers, dtype=np.float32))


def _numbers(stored: NDArray[Any]) -> Weights:
    return stored.astype(np.float64)


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
