"""What a file is, by its first bytes; its name and what a browser says of it do not count."""

from __future__ import annotations

HEAD = 4096  # bytes that `sniff` needs
ENDINGS = (".mp3", ".m4a", ".wav", ".ogg", ".opus", ".flac", ".mp4", ".mov", ".webm", ".mkv")

# Brands of ISO media files (ftyp) that are pictures, not recordings.
PICTURE_BRANDS = {b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis", b"heim", b"heis"}
QUICKTIME_ATOMS = {b"moov", b"mdat", b"wide", b"free", b"skip"}


def sniff(head: bytes) -> str | None:
    """The demuxer for a recording that begins with these bytes; None for anything else.

    mp3, mov (also mp4 and m4a), wav, ogg, flac or matroska (also webm).
    """
    atom = head[4:8]
    if atom == b"ftyp":
        return None if head[8:12] in PICTURE_BRANDS else "mov"
    if atom in QUICKTIME_ATOMS:
        return "mov"
    if head[:4] in (b"RIFF", b"RF64", b"BW64"):
        return "wav" if head[8:12] == b"WAVE" else None
    if head[:4] == b"OggS":
        return "ogg"
    if head[:4] == b"fLaC":
        return "flac"
    if head[:4] == b"\x1aE\xdf\xa3":
        return "matroska"
    if head[:3] == b"ID3" or _is_mpeg_audio(head.lstrip(b"\0")):
        return "mp3"
    return None


def _is_mpeg_audio(head: bytes) -> bool:
    """Whether a frame of MPEG audio layer III begins here (ISO 11172-3, 2.4.1.3)."""
    if len(head) < 3 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, sampling = head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer == 1 and rate not in (0, 15) and sampling != 3
