"""What is packaged is what the program needs: AWS's services, and codecs that the check tries."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator

from desktop.core.photo.decode import decode
from desktop.self_check import FORMATS, SERVICES
from tests.rig import ROOT

MAKERS = {"client", "make_client", "_make_client", "get_available_regions"}


def services() -> Iterator[str]:
    """The services named in calls that make a client, wherever they stand in them."""
    for folder in ("desktop", "deploy"):
        for path in (ROOT / folder).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call):
                    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
                    named = [each for each in call.args if isinstance(each, ast.Constant)]
                    if name in MAKERS:
                        yield from (str(each.value) for each in named)


def test_every_service_that_is_called_is_packaged() -> None:
    called = set(services())
    assert {"s3", "cloudformation", "signin"} <= called
    assert called <= set(SERVICES)


CODECS = """
import sys
from pathlib import Path
from desktop.core.photo.decode import decode
for photo in Path(sys.argv[1]).iterdir():
    with photo.open("rb") as file:
        decode(file, 100)
print(*(name.partition(".")[2] for name in sys.modules if name.startswith("imagecodecs._")))
"""


def test_every_codec_that_is_packaged_decodes_a_photo_of_the_check() -> None:
    command = [sys.executable, "-c", CODECS, str(FORMATS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    spec = (ROOT / "packaging" / "tagdrop.spec").read_text(encoding="utf-8")
    (listed,) = re.findall(r"^CODECS = (\(.*?^\))", spec, re.MULTILINE | re.DOTALL)
    tuples = ast.parse(listed, mode="eval")
    packaged = {each.value for each in ast.walk(tuples) if isinstance(each, ast.Constant)}
    used = set(done.stdout.split())
    # These read what stands beside a JPEG XL, and what libjpeg refuses.
    assert packaged - used == {"_brotli", "_ljpeg"}
    assert used <= packaged


def test_a_fax_of_one_bit_is_black_and_white() -> None:
    with (FORMATS / "fax.tif").open("rb") as file:
        image = decode(file, 500).image
    assert {colour for _, colour in image.getcolors() or []} == {(0, 0, 0), (255, 255, 255)}
