from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

# Each case runs in a fresh interpreter on a torchvision made up for it: an import can only fail once in a process.
STUBS = {
    "works": "version = 1",
    "operator": """
        from torchvision import extension
        import torch
        @torch.library.register_fake("torchvision::operator_that_nobody_compiled")
        def shape(x): return x
        extension.kept = shape(41)
    """,
    "twice": """
        from torchvision import extension
        raise RuntimeError("operator torchvision::x does not exist, and no decorator is to blame")
    """,
    "other": "raise RuntimeError('built for another planet')",
    "absent": "raise ImportError('no such file')",
}


def _run(tmp_path: Path, repository: Path, stub: str, script: str) -> str:
    package = tmp_path / "torchvision"
    package.mkdir()
    (package / "__init__.py").write_text(textwrap.dedent(STUBS[stub]))
    (package / "extension.py").write_text("kept = None")
    head = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(repository)!r}]\n"
    body = "from leukoviewer.inference.torchvision_compat import ensure_torchvision\n" + textwrap.dedent(script)
    done = subprocess.run([sys.executable, "-c", head + body], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_torchvision_that_imports_is_left_as_it_is(tmp_path: Path, repository: Path) -> None:
    script = "ensure_torchvision(); import torchvision; print(torchvision.version, 'torch' in sys.modules)"
    assert _run(tmp_path, repository, "works", script) == "1 False"


def test_shape_functions_of_missing_operators_are_left_out(tmp_path: Path, repository: Path) -> None:
    script = """
        import torch
        before = torch.library.register_fake
        ensure_torchvision()
        import torchvision
        print(torchvision.extension.kept, torch.library.register_fake is before)
        try:
            torch.library.register_fake("torchvision::still_missing")(len)
        except RuntimeError:
            print("strict again")
    """
    assert _run(tmp_path, repository, "operator", script) == "41 True\nstrict again"


@pytest.mark.parametrize("stub", ["twice", "other", "absent"])
def test_any_other_failure_is_told_and_leaves_no_half_import(tmp_path: Path, repository: Path, stub: str) -> None:
    script = """
        from leukoviewer.errors import EngineError
        try:
            ensure_torchvision()
        except EngineError as error:
            print(bool(str(error)), [name for name in sys.modules if name.startswith("torchvision")])
    """
    assert _run(tmp_path, repository, stub, script) == "True []"


def test_timm_and_pytorch_grad_cam_import_after_it() -> None:
    from leukoviewer.inference.torchvision_compat import ensure_torchvision

    ensure_torchvision()
    import pytorch_grad_cam
    import timm

    assert timm.is_model("convnext_tiny")
    assert pytorch_grad_cam.GradCAM
