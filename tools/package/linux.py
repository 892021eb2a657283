"""What Linux gets: an archive to unpack anywhere, a .deb, and an installer for a person's home."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

from desktop import __version__

from .build import PARTS, ROOT, source_date
from .icons import SIZES_PX

PACKAGING = ROOT / "packaging" / "linux"
WORK = ROOT / "build" / "package-linux"
MACHINE = platform.machine()
NAMELESS = ("--owner=0", "--group=0", "--numeric-owner")

XZ_LEVEL = "2"
"""6 takes four times as long for a tenth less."""

# What is not inside: the C library, the display's own libraries and fonts, which belong to the
# system. `make check-deb` installs the .deb on a bare Debian and starts it.
DEPENDS = (
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libgssapi-krb5-2",
    "fonts-dejavu-core | fonts-freefont-ttf | fonts-liberation | fonts-noto-core",
)


def make_all(folder: Path, dist: Path) -> list[Path]:
    """Every kind that this system has the tools for; the files that were made."""
    base = dist / f"tagdrop-{__version__}-linux-{MACHINE}"
    shutil.rmtree(WORK, ignore_errors=True)
    tree = _tree(folder)
    made = [_archive(tree, base)]
    if shutil.which("dpkg-deb"):
        made.append(_deb(tree, dist))
    if shutil.which("makeself"):
        made.append(_installer(tree, base))
    else:
        print("No makeself here (Debian has it): no installer is made.", file=sys.stderr)
    shutil.rmtree(WORK)
    return made


def _tree(folder: Path) -> Path:
    """The program with its desktop entry and icons, as the archive holds it."""
    tree = WORK / "tree" / f"tagdrop-{__version__}"
    shutil.copytree(folder, tree, symlinks=True)
    share = tree / "share"
    for size_px in SIZES_PX:
        place = share / "icons" / "hicolor" / f"{size_px}x{size_px}" / "apps"
        place.mkdir(parents=True)
        shutil.copyfile(PARTS / f"tagdrop-{size_px}.png", place / "tagdrop.png")
    (share / "applications").mkdir()
    shutil.copyfile(PACKAGING / "tagdrop.desktop", share / "applications" / "tagdrop.desktop")
    for name in ("install.sh", "README.txt"):
        shutil.copyfile(PACKAGING / name, tree / name)
    (tree / "install.sh").chmod(0o755)
    _even_out(tree)
    return tree


def _even_out(folder: Path) -> None:
    """Give all that is in it one time and plain rights, whatever the clock and the umask here."""
    date = int(source_date())
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        os.utime(path, (date, date), follow_symlinks=False)


def _archive(tree: Path, base: Path) -> Path:
    target = base.with_name(base.name + ".tar.xz")
    subprocess.run(
        ["tar", "-C", tree.parent, "--sort=name", *NAMELESS, "-cJf", target, tree.name],
        env={**os.environ, "XZ_OPT": f"-{XZ_LEVEL} -T0"},
        check=True,
    )
    return target


def _deb(tree: Path, dist: Path) -> Path:
    """The program below /opt, its entry and icons where desktops look, `tagdrop` on the path."""
    root = WORK / "deb"
    shutil.copytree(tree, root / "opt" / "tagdrop", symlinks=True)
    shutil.move(root / "opt" / "tagdrop" / "share", root / "usr" / "share")
    for name in ("install.sh", "README.txt"):
        (root / "opt" / "tagdrop" / name).unlink()
    about = root / "usr" / "share" / "doc" / "tagdrop"
    about.mkdir(parents=True)
    shutil.copyfile(PACKAGING / "copyright", about / "copyright")
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / "tagdrop").symlink_to("../../opt/tagdrop/tagdrop")
    size_kib = sum(f.stat().st_size for f in root.rglob("*") if f.is_file()) // 1024
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], check=True, capture_output=True, text=True
    ).stdout.strip()
    # Python and its libraries were linked with this system's C library; an older one may not do.
    c_library = f"libc6 (>= {platform.libc_ver()[1]})"
    control = {
        "Package": "tagdrop",
        "Version": __version__,
        "Architecture": architecture,
        "Maintainer": "The Tagdrop founders <tagdrop@users.noreply.github.com>",
        "Section": "graphics",
        "Priority": "optional",
        "Installed-Size": str(size_kib),
        "Depends": ", ".join((c_library, *DEPENDS)),
        "Recommends": "gnome-keyring | kwalletmanager, xdg-utils",
        "Description": "labels for your photos\n"
        " Drop a folder of photos on a window, and a little later every photo says what is on\n"
        " it: on this computer, or through your own AWS account.",
    }
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text("".join(f"{k}: {v}\n" for k, v in control.items()))
    _even_out(root)
    target = dist / f"tagdrop_{__version__}_{architecture}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{XZ_LEVEL}", "--build", root, target],
        env={**os.environ, "SOURCE_DATE_EPOCH": source_date()},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return target


def _installer(tree: Path, base: Path) -> Path:
    """One file that unpacks itself and puts the program into the person's own home."""
    target = base.with_name(base.name + ".run")
    date = time.strftime("%Y-%m-%d", time.gmtime(int(source_date())))
    same_again = ["--packaging-date", date, "--tar-extra", " ".join(NAMELESS)]
    what = [str(tree), str(target), "Tagdrop", "./install.sh"]
    subprocess.run(
        ["makeself", "--xz", "--complevel", XZ_LEVEL, "--quiet", "--nox11", *same_again, *what],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return target
