# SPDX-License-Identifier: MIT
"""Builds the wheel of gradproof: CMake makes the package folder, which is packed with its metadata (PEP 517, 427).

The build is kept in the project's folder build-wheel, so that a second one is short. One that is there already is taken
with pip install --config-settings build-dir=build checks/python.
"""

import base64
import hashlib
import os
import pathlib
import re
import subprocess
import sys
import sysconfig
import zipfile
from typing import Any, Dict, List, Optional

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[1]


def version() -> str:
    """That of the CMake project."""
    found = re.search(r"project\(gradproof VERSION ([0-9.]+)", (PROJECT / "CMakeLists.txt").read_text())
    if found is None:
        raise RuntimeError(f"{PROJECT / 'CMakeLists.txt'} says no version of gradproof")
    return found[1]


def tag() -> str:
    """Interpreter, its binary interface and the platform, of which the extension module is made."""
    python = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return f"{python}-{python}-{re.sub('[-.]', '_', sysconfig.get_platform())}"


def metadata() -> str:
    return (
        f"Metadata-Version: 2.1\nName: gradproof\nVersion: {version()}\nRequires-Dist: numpy\nRequires-Python: >=3.9\n"
    )


def get_requires_for_build_wheel(config_settings: Optional[Dict[str, Any]] = None) -> List[str]:
    return []


def build_wheel(
    wheel_directory: str, config_settings: Optional[Dict[str, Any]] = None, metadata_directory: Optional[str] = None
) -> str:
    """Builds the wheel into `wheel_directory` and returns its name."""
    build = PROJECT / (config_settings or {}).get("build-dir", "build-wheel")
    if not (build / "CMakeCache.txt").exists():
        configure = [
            "cmake",
            "-S",
            PROJECT,
            "-B",
            build,
            "--preset",
            "program",
            f"-DPython_EXECUTABLE={sys.executable}",
        ]
        subprocess.run(configure, check=True, cwd=PROJECT)
    jobs = os.environ.get("CMAKE_BUILD_PARALLEL_LEVEL", str(os.cpu_count() or 1))
    subprocess.run(["cmake", "--build", build, "--target", "gradproof_python", "-j", jobs], check=True)
    info = f"gradproof-{version()}.dist-info"
    package = sorted((build / "python/gradproof").iterdir())
    contents = {f"gradproof/{path.name}": path.read_bytes() for path in package if path.is_file()}
    contents[f"{info}/METADATA"] = metadata().encode()
    contents[
        f"{info}/WHEEL"
    ] = f"Wheel-Version: 1.0\nGenerator: cmake_wheel\nRoot-Is-Purelib: false\nTag: {tag()}\n".encode()
    record = []
    for name, data in contents.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record.append(f"{name},sha256={digest},{len(data)}")
    record.append(f"{info}/RECORD,,")
    contents[f"{info}/RECORD"] = ("\n".join(record) + "\n").encode()
    name = f"gradproof-{version()}-{tag()}.whl"
    with zipfile.ZipFile(pathlib.Path(wheel_directory) / name, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, data in contents.items():
            wheel.writestr(path, data)
    return name
