"""Running a model leaves no trace of its use, and nothing that could be sent to the makers of its engine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from leukoviewer.packages.archive import Package

RUN = """
import sys
from pathlib import Path
import numpy as np
from leukoviewer.inference.device import start
from leukoviewer.packages.archive import open_package
engine = start(open_package(Path(sys.argv[1])), sys.argv[2], "cpu")
print(engine.run(np.zeros((1, 256, 256), dtype=np.float32)).logits.shape, sys.modules.get("openvino_telemetry"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the home of Windows is not told by a variable")
@pytest.mark.parametrize("engine", ["onnxruntime", "openvino"])
def test_an_engine_writes_nothing_into_the_home_and_loads_no_reporter(
    engine: str, tiny_package: Package, tmp_path: Path, repository: Path
) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("ORT_", "XDG_"))}
    environment |= {"HOME": str(tmp_path), "PYTHONPATH": str(repository), "PYTHONDONTWRITEBYTECODE": "1"}
    line = [sys.executable, "-c", RUN, str(tiny_package.folder), engine]
    run = subprocess.run(line, check=False, capture_output=True, text=True, env=environment)
    assert run.stdout.strip() == "(1,) None", run.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
