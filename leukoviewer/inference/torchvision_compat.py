"""Imports torchvision where its compiled operators were built for another torch, as on a CPU-only installation.

timm and pytorch-grad-cam import torchvision for pure-Python parts alone. When its compiled library does not load, its
own import still registers shape functions for the missing operators and fails with "operator torchvision::nms does not
exist". None of these operators (detection networks use them) is called here, so those registrations may be left out.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from leukoviewer.errors import EngineError

_MISSING_OPERATOR = "does not exist"


def ensure_torchvision() -> None:
    """Import torchvision, without its compiled operators when those do not load; call it before timm and others.

    A torchvision that imports by itself is left as it is.

    Raises
    ------
    EngineError
        torch or torchvision is not installed, or torchvision fails for another reason.
    """
    if "torchvision" in sys.modules:
        return
    try:
        importlib.import_module("torchvision")
    except ImportError as error:
        raise EngineError("PyTorch or torchvision is not installed; use the processor (ONNX Runtime).") from error
    except RuntimeError as error:
        _forget_partial_import()
        if _MISSING_OPERATOR not in str(error):
            raise EngineError(f"Torchvision does not start ({error}); install it anew for this PyTorch.") from error
        _import_without_operators()


def _import_without_operators() -> None:
    try:
        with _missing_operators_left_out():
            importlib.import_module("torchvision")
    except RuntimeError as error:
        _forget_partial_import()
        raise EngineError(f"Torchvision does not start ({error}); install it anew for this PyTorch.") from error


def _forget_partial_import() -> None:
    """Remove what a failed import left, or the next import would find halves of it."""
    for name in [name for name in sys.modules if name == "torchvision" or name.startswith("torchvision.")]:
        del sys.modules[name]


@contextmanager
def _missing_operators_left_out() -> Generator[None, None, None]:
    """``torch.library.register_fake`` returns the function unchanged where the operator is missing; restored after."""
    import torch

    original = torch.library.register_fake

    def register_fake(*args: Any, **kwargs: Any) -> Any:
        decorator = original(*args, **kwargs)
        return _tolerant(decorator) if callable(decorator) else decorator

    torch.library.register_fake = register_fake
    try:
        yield
    finally:
        torch.library.register_fake = original


def _tolerant(decorator: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def decorate(function: Any) -> Any:
        try:
            return decorator(function)
        except RuntimeError as error:
            if _MISSING_OPERATOR not in str(error):
                raise
            return function

    return decorate
