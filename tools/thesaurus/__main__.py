"""Makes desktop/core/search/words_*.tsv anew: python -m tools.thesaurus, on Debian or Ubuntu."""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from .build import ROOT, Builder, table
from .wordnet import WordNet

PACKAGES = ("wordnet-base=1:3.0-37", "trans-de-en=1.9-6")
TARGET = ROOT / "desktop" / "core" / "search"


def main() -> None:
    about = (__doc__ or "").partition(":")[0]
    argparse.ArgumentParser("python -m tools.thesaurus", description=about).parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        for package in PACKAGES:
            subprocess.run(["apt-get", "download", "-q", package], cwd=folder, check=True)
        for archive in folder.glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", archive, folder], check=True)
        share = folder / "usr" / "share"
        builder = Builder(WordNet(share / "wordnet"), share / "trans" / "de-en")
        for language, words in (("en", builder.english), ("de", builder.german)):
            path = TARGET / f"words_{language}.tsv"
            path.write_text(table(words, builder), "utf-8", newline="\n")
            print(f"{path.relative_to(ROOT)}: {len(words)} words, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
