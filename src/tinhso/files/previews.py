"""Small pictures of images, drawn anew so that nothing of the original's metadata comes along."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import ExifTags, Image

from tinhso.files.checking import DAMAGE
from tinhso.files.errors import FileContentLost, PreviewImpossible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.files.services import Content

LARGEST_SIDE = 1200
QUALITY = 80
_Turn = Image.Transpose
TURNS: Mapping[object, Image.Transpose] = {
    2: _Turn.FLIP_LEFT_RIGHT,
    3: _Turn.ROTATE_180,
    4: _Turn.FLIP_TOP_BOTTOM,
    5: _Turn.TRANSPOSE,
    6: _Turn.ROTATE_270,
    7: _Turn.TRANSVERSE,
    8: _Turn.ROTATE_90,
}
"""What puts a picture upright, by the orientation that EXIF notes."""


def preview(content: Content) -> bytes:
    """A JPEG of at most 1200 pixels a side, turned as the camera was held, without EXIF."""
    if not content.file.is_image:
        raise PreviewImpossible
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # a damaged note of the camera is no fault of the picture
            drawn = _drawn(content)
    except OSError as error:
        raise FileContentLost from error
    written = BytesIO()
    drawn.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _drawn(content: Content) -> Image.Image:
    with Image.open(content.path) as original:
        original.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
        upright = _upright(original)
        upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
        drawn = Image.new("RGB", upright.size, "white")
        coloured = upright.convert("RGBA")
        drawn.paste(coloured, mask=coloured.getchannel("A"))
        return drawn


def _upright(original: Image.Image) -> Image.Image:
    """Turned as the camera was held; as it lies where the camera's note cannot be read."""
    try:
        turn = TURNS.get(original.getexif().get(ExifTags.Base.Orientation))
    except DAMAGE:
        turn = None
    return original if turn is None else original.transpose(turn)
