"""prepare: bad input ends with a reason a person understands, soon and without eating memory."""

import errno
import io
import os
import sys
import textwrap
import traceback

import pytest
from PIL import Image

from desktop.core.decoding.request import MAX_JPEG_PIXELS
from desktop.core.errors import ImageError, UnreachableError
from desktop.core.isolation.decoding import decode_safely
from desktop.core.photo import prepare as prepare_module
from desktop.core.photo.prepare import (
    MAX_FILE_BYTES,
    Stamp,
    open_original,
    open_upright,
    prepare,
)
from tests.rig import photos
from tests.rig.folders import refuse
from tests.rig.processes import run_python

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def reason(path) -> str:
    with pytest.raises(ImageError) as caught:
        prepare(path)
    error = caught.value
    assert error.title
    assert error.message.endswith(".")
    assert not error.retryable
    assert not error.fatal
    assert "Error" not in str(error)
    return error.title


def save_huge_file(path):
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)  # a hole: takes no room


HOSTILE = {
    **photos.BAD,
    "huge.jpg": save_huge_file,
    "folder.jpg": lambda path: path.mkdir(),
    "narrow.png": lambda path: Image.new("1", (20_000, 100)).save(path),
    "gone.jpg": lambda path: None,
}


@posix
def test_every_bad_input_has_its_own_reason(tmp_path):
    makers = {**HOSTILE, "pipe.jpg": photos.save_pipe}
    for name, save in makers.items():
        save(tmp_path / name)
    reasons = {name: reason(tmp_path / name) for name in makers}
    assert reasons == {
        "truncated.jpg": "This photo is damaged",
        "empty.jpg": "This file is empty",
        "text.jpg": "Not a photo format that Tagdrop can read",
        "tiny.png": "This picture is too small",
        "bomb.png": "This picture has too many pixels",
        "huge.jpg": "This file is too large",
        "folder.jpg": "This is a folder, not a photo",
        "narrow.png": "This picture is too long and narrow",
        "gone.jpg": "This file is gone",
        "pipe.jpg": "This is not an ordinary file",
    }


@posix
def test_a_device_is_not_read():
    assert reason(prepare_module.Path("/dev/zero")) == "This is not an ordinary file"


@posix
def test_a_file_that_may_not_be_read(tmp_path):
    """As another user, since the tests may run as root, who may read everything."""
    tmp_path.chmod(0o755)
    path = tmp_path / "secret.jpg"
    photos.save_jpeg(photos.picture(1, edge_px=200), path)
    path.chmod(0)
    code = """
        import os, sys
        from pathlib import Path
        from desktop.core.photo.prepare import ImageError, prepare
        folder = os.open(sys.argv[1], os.O_RDONLY)
        if os.geteuid() == 0:
            os.seteuid(65534)
        os.fchdir(folder)
        try:
            prepare(Path("secret.jpg"))
        except ImageError as error:
            print(error.title)
    """
    result = run_python("-c", textwrap.dedent(code), tmp_path, code=0)
    assert result.stdout.strip() == "This photo cannot be opened"


def test_a_drive_that_fails_is_told_from_a_damaged_photo(tmp_path):
    photos.save_jpeg(photos.picture(1, edge_px=200), tmp_path / "a.jpg")
    with (
        pytest.raises(ImageError, match="could not be read") as caught,
        open_original(tmp_path / "a.jpg"),
    ):
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    assert isinstance(caught.value.__cause__, OSError)


@pytest.mark.parametrize(
    ("winerror", "number", "title"),
    [
        (64, errno.EINVAL, "This file could not be read"),
        (53, errno.ENOENT, "This file could not be read"),
        (21, errno.EACCES, "There is no card in the drive"),
        (32, errno.EACCES, "This file is open in another program"),
        (5, errno.EACCES, "This photo cannot be opened"),
        (2, errno.ENOENT, "This file is gone"),
        (206, errno.ENOENT, "This path is too long or not allowed"),
        (123, errno.EINVAL, "This path is too long or not allowed"),
        (1921, errno.EINVAL, "This link leads nowhere"),
        (1006, errno.EINVAL, "This file could not be read"),
        (362, errno.EINVAL, "This file is only online"),
    ],
)
def test_windows_own_number_says_what_is_wrong(tmp_path, monkeypatch, winerror, number, title):
    photo = tmp_path / "drive" / "a.jpg"
    refuse(monkeypatch, photo.parent, number, winerror=winerror)
    with pytest.raises(UnreachableError) as caught:
        prepare(photo)
    assert caught.value.title == title


def test_the_cause_is_kept_for_the_log(tmp_path):
    photos.save_truncated_jpeg(tmp_path / "a.jpg")
    with pytest.raises(ImageError) as caught:
        prepare(tmp_path / "a.jpg")
    assert "Premature end of JPEG file" in str(caught.value.__cause__)


def test_a_kept_error_keeps_no_pixels(tmp_path):
    photos.save_truncated_jpeg(tmp_path / "a.jpg")
    with pytest.raises(ImageError) as caught:
        prepare(tmp_path / "a.jpg")
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__cause__.__traceback__)]
    decoding = [frame for frame in frames if frame.f_code.co_filename.endswith("jpeg.py")]
    assert decoding
    assert not any(frame.f_locals for frame in decoding)


@pytest.mark.parametrize(
    ("share", "progressive"), [(0.3, False), (0.6, False), (0.8, False), (0.1, True), (0.4, True)]
)
def test_a_cut_jpeg_never_passes_with_a_grey_rest(tmp_path, share, progressive):
    data = io.BytesIO()
    picture = photos.picture(1, edge_px=3000)  # decoded at half its size
    picture.save(data, "JPEG", progressive=progressive)
    path = tmp_path / "cut.jpg"
    path.write_bytes(data.getvalue()[: int(data.tell() * share)])
    assert reason(path) == "This photo is damaged"
    with pytest.raises(ImageError, match="damaged"):
        open_upright(path, max_edge_px=320)


def claim_jpeg_size(data: bytes, width: int, height: int) -> bytes:
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + data[at + 4 :]


@pytest.mark.parametrize("size", [(60_000, 60_000), (MAX_JPEG_PIXELS // 20_000 + 1, 20_000)])
def test_a_jpeg_above_its_limit_is_refused_by_its_header(tmp_path, size):
    data = io.BytesIO()
    Image.new("RGB", (160, 160)).save(data, "JPEG")
    (tmp_path / "a.jpg").write_bytes(claim_jpeg_size(data.getvalue(), *size))
    assert reason(tmp_path / "a.jpg") == "This picture has too many pixels"


def peak_growth_mb(path) -> float:
    """By how much preparing `path` raises the memory of a new process, whatever comes of it."""
    code = """
        import resource, sys
        from pathlib import Path
        from PIL import Image
        from desktop.core.photo.prepare import ImageError, prepare
        prepare(Path(sys.argv[2]))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            prepare(Path(sys.argv[1]))
        except ImageError:
            pass
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    """
    warm_up = path.with_name("warm-up.png")
    Image.new("RGB", (300, 300)).save(warm_up)
    result = run_python("-c", textwrap.dedent(code), path, warm_up, code=0)
    return int(result.stdout) / (1024 * 1024 if sys.platform == "darwin" else 1024)


@posix
def test_a_bomb_costs_no_memory(tmp_path):
    photos.save_bomb(tmp_path / "bomb.png")
    assert (tmp_path / "bomb.png").stat().st_size < 20_000
    assert peak_growth_mb(tmp_path / "bomb.png") < 10


@posix
def test_a_jpeg_of_100_megapixels_costs_little(tmp_path):
    path = tmp_path / "large.jpg"
    Image.new("L", (11_648, 8_736), 90).save(path, quality=30)
    assert prepare(path, form="pixels").pixels.width == 1456
    assert peak_growth_mb(path) < 40


def test_a_photo_that_is_changed_while_it_is_decoded(tmp_path, monkeypatch):
    (path,) = photos.make_photos(tmp_path, 1, edge_px=400)
    stamp = Stamp.of(path.stat())

    def decode_slowly(file, *args, **options):
        image = decode_safely(file, *args, **options)
        with path.open("ab") as changed:
            changed.write(b"more")
        return image

    assert prepare(path, stamp=stamp).data
    monkeypatch.setattr("desktop.core.photo.prepare.decode_safely", decode_slowly)
    with pytest.raises(ImageError, match="has just changed"):
        prepare(path, stamp=stamp)
