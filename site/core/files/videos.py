"""Videos say where and with what they were made: that is blanked in the stored file, its pictures and sound stay.

An MP4 is a tree of boxes, each with its length and four letters (ISO/IEC 14496-12). Telephones put the place into
`udta` (©xyz, loci) and `meta` (QuickTime's keys), programs put XMP into `uuid`, or leave in `free` and `skip` what they
took out of use. Those become `free` boxes of the same length, filled with zeros, so that no offset in the file changes.
"""

import struct
from typing import IO

BLANKED = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip"})
# Boxes that hold others, on the way to those that are blanked.
OPENED = frozenset({b"moov", b"trak", b"mdia", b"minf", b"moof", b"traf"})
CHUNK = 1 << 16


def blank_metadata(file: IO[bytes]) -> bool:
    """Blank what an MP4 says beside its pictures and sound, in place; say whether there was something.

    What is no MP4, or is cut short, is blanked as far as it can be read.
    """
    file.seek(0, 2)
    return _blank_in(file, 0, file.tell())


def _blank_in(file: IO[bytes], start: int, end: int) -> bool:
    changed = False
    while start + 8 <= end:
        file.seek(start)
        length, kind = struct.unpack(">I4s", file.read(8))
        head = 8
        if length == 1 and start + 16 <= end:
            head, length = 16, struct.unpack(">Q", file.read(8))[0]
        elif length == 0:
            length = end - start
        if length < head or start + length > end:
            break
        if kind in OPENED:
            changed |= _blank_in(file, start + head, start + length)
        elif kind in BLANKED:
            changed |= _blank(file, start, head, length)
        start += length
    return changed


def _blank(file: IO[bytes], start: int, head: int, length: int) -> bool:
    """Make a box a `free` one of zeros; say whether it was something else."""
    file.seek(start + 4)
    changed = file.read(4) != b"free"
    file.seek(start + 4)
    file.write(b"free")
    end = start + length
    for at in range(start + head, end, CHUNK):
        file.seek(at)
        if file.read(min(CHUNK, end - at)).strip(b"\0"):
            file.seek(at)
            file.write(bytes(min(CHUNK, end - at)))
            changed = True
    return changed
