"""The cloud assembly of a council (templates and assets), written by the CDK app.

Writing it takes seconds, so it is kept until something that goes into it changes.
"""

import fcntl
import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Final

from infra.council.load import load_council
from local.emulator.process import ROOT

BUILD: Final = ROOT / "build" / "assembly"
_ROOMS: Final = ("functions", "infra", "layer")


class SynthError(Exception):
    """The CDK app failed; it has printed why on standard error."""


def assembly(council: str) -> Path:
    """Return the assembly of `councils/<council>.toml`, or of a path that ends in .toml.

    It is what goes to AWS, except for the layer, which is built for this machine. Raises SynthError
    and SettingsError.
    """
    own_file = council.endswith(".toml")
    settings = Path(council).resolve() if own_file else ROOT / "councils" / f"{council}.toml"
    name = _digest(settings)[:12] if own_file else council
    folder, stamp = BUILD / name, BUILD / f"{name}.stamp"
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fingerprint = _fingerprint(settings)
        if not stamp.is_file() or stamp.read_text() != fingerprint:
            stamp.unlink(missing_ok=True)
            _synthesise(str(settings) if own_file else council, folder)
            stamp.write_text(fingerprint)
    return folder


def _fingerprint(settings: Path) -> str:
    """Hash everything that the CDK app reads, the Python version and the settings."""
    sources = [ROOT / "cdk.json"]
    rooms = list(_ROOMS)
    if load_council(str(settings)).site:
        sources.append(ROOT / "package-lock.json")
        rooms.append("web")
    for room in rooms:
        sources += (each for each in (ROOT / room).rglob("*") if "__pycache__" not in each.parts)
    parts = [sys.version, _digest(settings)]
    parts += (f"{each} {_digest(each)}" for each in sorted(sources) if each.is_file())
    return sha256("\n".join(parts).encode()).hexdigest()


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def _synthesise(council: str, folder: Path) -> None:
    context = json.loads((ROOT / "cdk.json").read_text(encoding="utf-8"))["context"]
    # The checks before a deployment to AWS take longer than all the rest.
    context |= {"council": council, "layer": "here", "checks": "off"}
    environment = {
        **os.environ,
        "CDK_OUTDIR": str(folder),
        "CDK_CONTEXT_JSON": json.dumps(context),
    }
    done = subprocess.run(
        [sys.executable, "-m", "infra.app"], cwd=ROOT, env=environment, check=False
    )
    if done.returncode != 0:
        raise SynthError(f"the template of {council} could not be written: see above")
