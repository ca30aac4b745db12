"""How a sound file is damaged: bytes, lines, encodings, cells, JSON nodes, XML, and members of a zip packed soundly anew.

Every change is drawn from the `Random` it is given, so that a seed gives the same file again.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable
from random import Random

Change = Callable[[bytes, Random], bytes]

NASTY = (
    b"", b"\x00", b"\x00" * 300, b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc3\xa5", b"\xe5", b"\x1a", b"\x85",
    b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\x1b[31m", b"\r", b"\n", b"\r\r\n", b"\t", b'"', b'""', b"'", b";" * 50, b",",
    b"=1+1", b"+1", b"-1", b"@SUM(A1)", b"-0", b"0", b"1e999", b"-1e308", b"1e-400", b"NaN", b"Infinity", b"9" * 18,
    b"9" * 19, b"9" * 5000, b"-" + b"9" * 30, b"0,1", b"0.1", b"0," + b"1" * 400, b"\xd9\xa3", b"\xc2\xb2", b"\xef\xbc\x91", b"2018",
    b"0000", b"9999", b"99999", b"-2018", b"31.02.2018", b"2018-13-01", b"00.00.0000", b"9999-12-31", b"ja", b"x" * 70_000,
    b"{", b"}", b"[", b"]", b"[" * 3000, b"{\"a\":" * 3000, b"null", b"true", b"\\ud800", b"<", b"&", b"&lt;", b"&x;", b"<!--",
    b"<![CDATA[", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<?xml version='1.0' encoding='utf-7'?>", b"../../x", b"%s%n{0}",
    b"\xf0\x9f\x98\x80", b"\xef\xbf\xbf")
ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "cp865", "cp1252", "utf-8", "utf-8-sig", "iso-8859-1")
_WORD = re.compile(rb"[0-9A-Za-z\xc0-\xff_.-]+")
_ZIP_MARK = b"PK\x03\x04"


def mutated(content: bytes, others: list[bytes], random: Random) -> bytes:
    """The file after one to four changes of the kinds that fit what it is."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 4))):
        content = _changed(content, others, random)
    return content


def _changed(content: bytes, others: list[bytes], random: Random) -> bytes:
    roll = random.random()
    if content.startswith(_ZIP_MARK) and roll < 0.85:
        return _inside_zip(content, others, random)
    if content.lstrip()[:1] == b"{" and roll < 0.5:
        return _in_json(content, random)
    if roll > 0.97:
        return _spliced(content, random.choice(others), random)
    return random.choice(CHANGES)(content, random)


def _place(content: bytes, random: Random) -> int:
    return random.randrange(len(content) + 1)


def _span(content: bytes, random: Random) -> tuple[int, int]:
    start = _place(content, random)
    return start, min(len(content), start + random.choice((1, 2, 8, 64, 512, 4096)))


def flip(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 8, 64)) if changed else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def truncate(content: bytes, random: Random) -> bytes:
    return content[:_place(content, random)]


def behead(content: bytes, random: Random) -> bytes:
    return content[_place(content, random):]


def drop_block(content: bytes, random: Random) -> bytes:
    start, end = _span(content, random)
    return content[:start] + content[end:]


def double_block(content: bytes, random: Random) -> bytes:
    start, end = _span(content, random)
    at, times = _place(content, random), random.choice((1, 1, 2, 100))
    return content[:at] + content[start:end] * times + content[at:]


def shuffle_blocks(content: bytes, random: Random) -> bytes:
    size = random.choice((16, 512, 4096))
    blocks = [content[at:at + size] for at in range(0, len(content), size)]
    random.shuffle(blocks)
    return b"".join(blocks)


def insert(content: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + random.choice(NASTY) + content[at:]


def random_bytes(content: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + random.randbytes(random.choice((1, 16, 1000))) + content[at:]


def replace_word(content: bytes, random: Random) -> bytes:
    """A word or number gives way to something nasty: what a cell, an attribute or a code may hold."""
    words = list(_WORD.finditer(content[:200_000]))
    if not words:
        return insert(content, random)
    word = random.choice(words)
    return content[:word.start()] + random.choice(NASTY) + content[word.end():]


def swap_words(content: bytes, random: Random) -> bytes:
    words = list(_WORD.finditer(content[:200_000]))
    if len(words) < 2:
        return content
    first, last = sorted(random.sample(words, 2), key=lambda word: word.start())
    return (content[:first.start()] + last.group() + content[first.end():last.start()] + first.group()
            + content[last.end():])


def swap_lines(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def shuffle_lines(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    random.shuffle(lines)
    return b"\n".join(lines)


def double_line(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    at = random.randrange(len(lines))
    lines[at:at] = [lines[at]] * random.choice((1, 2, 500))
    return b"\n".join(lines)


def drop_line(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    del lines[random.randrange(len(lines))]
    return b"\n".join(lines)


def other_line_ends(content: bytes, random: Random) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\n", random.choice((b"\r\n", b"\r", b"\n\n", b"\x0b", b"\n\r")))


def other_separator(content: bytes, random: Random) -> bytes:
    return content.replace(b";", random.choice((b",", b"\t", b"|", b";;", b" ; ")))


def other_encoding(content: bytes, random: Random) -> bytes:
    return _text(content).encode(random.choice(ENCODINGS), errors="replace")


def mixed_encoding(content: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + other_encoding(content[at:], random)


def unbalance(content: bytes, random: Random) -> bytes:
    marks = [at for at, byte in enumerate(content[:100_000]) if byte in b"\"'<>[]{}();,:"]
    if not marks:
        return insert(content, random)
    at = random.choice(marks)
    return content[:at] + random.choice((b"", b'"', b"<", b"}", content[at:at + 1] * 2)) + content[at + 1:]


CHANGES: tuple[Change, ...] = (
    flip, truncate, behead, drop_block, double_block, shuffle_blocks, insert, random_bytes, replace_word, replace_word,
    replace_word, replace_word, swap_words, swap_words, swap_lines, shuffle_lines, double_line, drop_line, other_line_ends,
    other_separator, other_encoding, mixed_encoding, unbalance, unbalance)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("iso-8859-1")


def _spliced(content: bytes, other: bytes, random: Random) -> bytes:
    return content[:_place(content, random)] + other[_place(other, random):]


ODD_NODES = (None, True, False, 0, -1, 1e300, 10 ** 30, "", "x", "\x00", "\ud800", "..", ":", [], {}, [[]], {"": {}}, "2018",
             ["0729"], {"0": 1}, {"-1": 1}, {"99999999999": 1}, [None] * 9)


def _in_json(content: bytes, random: Random) -> bytes:
    """One node of the document replaced, removed, doubled or renamed."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return random.choice(CHANGES)(content, random)
    places = list(_places(document))
    if not places:
        return content
    node, key = random.choice(places)
    what = random.randrange(5)
    if what == 0:
        del node[key]
    elif what == 1 and isinstance(node, list):
        node.insert(key, node[key])
    elif what == 2 and isinstance(node, dict):
        node[random.choice(("", "x", "value", "id", "size", "status", "2018", "\x00"))] = node.pop(key)
    else:
        donor, at = random.choice(places)
        node[key] = random.choice(ODD_NODES) if random.random() < 0.6 else json.loads(json.dumps(donor.get(at, None) if isinstance(
            donor, dict) else donor[min(at, len(donor) - 1)] if donor else None))
    return json.dumps(document).encode()


def _places(node, depth: int = 0):
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in list(inner):
        yield node, key
        if depth < 20:
            yield from _places(value, depth + 1)


ODD_NAMES = ("../ut.xml", "/etc/x.xml", "C:\\x.xml", "xl/../../x", "a\x00b.xml", "æøå.xml", "x" * 5000, "", "xl/vbaProject.bin",
             "xl/worksheets/sheet99.xml", "project.qde", "sources/x.txt", "..", "xl/externalLinks/externalLink1.xml")


def _inside_zip(content: bytes, others: list[bytes], random: Random) -> bytes:
    """A member damaged, renamed, doubled, taken away or added, and the zip packed whole again."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [(member.filename, archive.read(member)) for member in archive.infolist()]
    except Exception:
        return random.choice(CHANGES)(content, random)
    if not members:
        return content
    at, roll = random.randrange(len(members)), random.random()
    name, text = members[at]
    if roll < 0.8:
        inner = _inside_zip(text, others, random) if text.startswith(_ZIP_MARK) else random.choice(CHANGES)(text, random)
        members[at] = (name, inner)
    elif roll < 0.85:
        members[at] = (random.choice(ODD_NAMES), text)
    elif roll < 0.9:
        members.append((name, random.choice(others)))
    elif roll < 0.95:
        del members[at]
    else:
        members.append((random.choice(ODD_NAMES), random.choice(NASTY)))
    return zipped(members, random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2,
                                          zipfile.ZIP_LZMA)))


def zipped(members: list[tuple[str, bytes]], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A sound zip of these members, whatever they are called; two may have one name."""
    import warnings

    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", compression) as archive:
        warnings.simplefilter("ignore")
        for name, text in members:
            info = zipfile.ZipInfo("x")
            info.filename = name
            info.compress_type = compression
            archive.writestr(info, text)
    return packed.getvalue()
