"""Pictures, drawn anew: upright, without the place and the device, and nothing behind the end."""

from io import BytesIO
from typing import Any

from .refusals import PaperBroken, PaperTooLarge

MOST_PIXELS = 60_000_000
QUALITY = 90  # of 95: small print of a photographed page stays as it was


def redrawn(content: bytes) -> bytes:
    """JPEG stays JPEG, PNG stays PNG. Raises `PaperBroken` for what is no whole picture."""
    from PIL import Image, ImageOps  # slow to load

    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PaperTooLarge("照片像素太多，请把相机调到 1200 万像素再拍")
            form = picture.format or "JPEG"
            upright = ImageOps.exif_transpose(picture)
            return _written(upright, form)
    except PaperTooLarge:
        raise
    except Image.DecompressionBombError as error:
        raise PaperTooLarge("照片像素太多，请把相机调到 1200 万像素再拍") from error
    except (Image.DecompressionBombWarning, OSError, SyntaxError, ValueError) as error:
        raise PaperBroken from error


def _written(picture: Any, form: str) -> bytes:
    out = BytesIO()
    if form == "JPEG":
        plain = picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")
        plain.save(out, form, quality=QUALITY, exif=b"", icc_profile=None)
    else:
        plain = picture if picture.mode in {"L", "RGB", "RGBA"} else picture.convert("RGBA")
        plain.info = {}
        plain.save(out, form)
    return out.getvalue()
