"""``make package``: from the sources to what is double-clicked, for the system that it runs on. Standard library only.

This file makes the environment; the rest is done by ``build_package.py`` inside it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

import package_environment
import project


def main() -> int:
    """Make the environment and build in it; return the exit code of ``make package``."""
    started = time.perf_counter()
    try:
        python = package_environment.make()
    except project.PackagingError as error:
        sys.stderr.write(f"package: {error}\n")
        return 1
    project.say(f"package: environment: ready ({time.perf_counter() - started:.1f} s)")
    script = project.ROOT / "packaging" / "build_package.py"
    # What a user's shell sets for Python must not lead modules of elsewhere into the program.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    code = subprocess.run([str(python), str(script)], cwd=project.ROOT, env=environment, check=False).returncode
    if code == 0:
        project.say(f"package: done in {time.perf_counter() - started:.0f} s")
    return code


if __name__ == "__main__":
    sys.exit(main())
