"""Any decoded image -> a smaller one in 8-bit sRGB on white."""

from __future__ import annotations

import io

from PIL import Image

_COLOUR = {"RGB", "RGBX"}


def to_srgb(image: Image.Image, size: tuple[int, int] | None) -> Image.Image:
    """`image` resampled to `size` pixels (None: as it is) and turned into what a screen shows.

    RGB, or RGBX where it was that: to copy 3 megapixels takes a tenth as long as to decode them.

    Transparent parts become white, 16-bit and float values are brought to 8 bits, and colours
    follow the embedded ICC profile. The order keeps memory low: shrink first, convert afterwards.
    """
    profile = image.info.get("icc_profile")
    sixteen_bit = image.mode.startswith("I;16")
    image = _resizable(image)
    if size is not None:
        image = _shrink(image, size)
    if image.mode in {"I", "F"}:
        image = _eight_bit(image, 65535 if sixteen_bit else None)
    elif image.has_transparency_data:
        image = _on_white(image)
    if profile and image.mode in {"L", *_COLOUR, "CMYK"}:
        image = _by_profile(image, profile)
    return image if image.mode in _COLOUR else image.convert("RGB")


def _shrink(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    factor = max(1, round(image.width / size[0]))
    if size == tuple(-(-side // factor) for side in image.size):
        return image.reduce(factor)  # a fourth of the time
    # Hamming has no negative lobes: nothing rings and no value leaves its range
    return image.resize(size, Image.Resampling.HAMMING, reducing_gap=2.0)


def _resizable(image: Image.Image) -> Image.Image:
    """The same picture in a mode that can be averaged: no palette, no single bits."""
    if image.mode.startswith("I;16"):
        return image.convert("I")
    if image.mode == "1":
        return image.convert("L")
    if image.mode in {"P", "PA"} or "transparency" in image.info:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _eight_bit(image: Image.Image, top: float | None) -> Image.Image:
    """Integer or float grey to 8 bits, by the range that its values suggest.

    Neither says where white is: floats are usually 0–1, the others 0–255 or 0–65535. What fits
    none of them (heights, temperatures) is stretched from its lowest to its highest value.
    """
    extrema = image.getextrema()
    low, high = float(extrema[0]), float(extrema[1])  # type: ignore[arg-type]
    if top is None and low >= 0:
        top = next((t for t in (1.0, 255.0, 65535.0) if high <= t), None)
    if top is not None:
        low, high = 0.0, top
    scale = 255 / (high - low) if high > low else 0.0
    # not a function of ours: Pillow allows a linear one only, and finds it by calling this
    return image.convert("F").point(lambda v: v * scale + (0.5 - low * scale)).convert("L")


def _on_white(image: Image.Image) -> Image.Image:
    image = image.convert("RGBA")
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """Colours by the ICC profile; a broken or unfitting profile is ignored, as viewers do.

    An sRGB profile is skipped: the transform takes 77 ms for 3 megapixels, more than all the rest
    of preparing, and would change nothing.
    """
    from PIL import ImageCms  # noqa: PLC0415 - only photos with a profile need it

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if image.mode in _COLOUR and "srgb" in (source.profile.profile_description or "").lower():
            return image
        converted = ImageCms.profileToProfile(
            image.convert("RGB") if image.mode in _COLOUR else image,
            source,
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return converted if converted is not None else image
