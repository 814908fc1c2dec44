"""`fengchao address [FILE]`: one written address a line in, one JSON a line out.

Starts without Django. Output keeps the order of the input, one line for each, blank lines too.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import orjson

from fengchao.areas import gazetteer
from fengchao.engines.address import LIMIT, Gazetteer, door_of, parse, with_floor

_CHUNK = 5000
_LONGEST = 4 * LIMIT  # bytes that can matter: UTF-8 has at most four a character


class NotText(Exception):
    """A line that is not UTF-8."""


def register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="one address a line, UTF-8 (default: standard input)"
    )
    parser.add_argument(
        "--community", type=int, metavar="CODE", help="the division, 12 digits, that the lines leave out"
    )
    parser.add_argument("--codes", action="store_true", help="also print the division's code and the key of the door")
    parser.add_argument("--processes", type=int, default=1, metavar="N", help="work on N cores (default 1; 0: all)")
    parser.add_argument("--json", action="store_true", help="JSON lines: what it always prints")


def run(args: argparse.Namespace) -> int:
    if args.community is not None and not 10**11 <= args.community < 10**12:
        print("--community takes a code of 12 digits, such as 350181005004", file=sys.stderr)
        return 2
    home = getattr(args, "home", None) or Path(os.environ.get("FENGCHAO_HOME", ".fengchao")).resolve()
    try:
        lines = args.file.open("rb") if args.file else sys.stdin.buffer
    except OSError as problem:
        print(f"{args.file}: {problem.strerror}", file=sys.stderr)
        return 2
    try:
        with lines:
            _write(_chunks(lines), partial(convert, home=home, context=args.community, codes=args.codes), args)
    except NotText as problem:
        print(f"{args.file or 'standard input'}: {problem}", file=sys.stderr)
        return 2
    return 0


def _write(chunks: Iterable[tuple[int, list[bytes]]], work: partial, args: argparse.Namespace) -> None:
    processes = args.processes or os.cpu_count() or 1
    if processes == 1:
        for chunk in chunks:
            _put(work(chunk))
        return
    with ProcessPoolExecutor(processes) as pool:
        # A few chunks ahead, not the whole file: it may be larger than memory.
        waiting: list = []
        for chunk in chunks:
            waiting.append(pool.submit(work, chunk))
            if len(waiting) > 2 * processes:
                _put(waiting.pop(0).result())
        for result in waiting:
            _put(result.result())


def _put(made: bytes) -> None:
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()


def _chunks(lines: BinaryIO) -> Iterator[tuple[int, list[bytes]]]:
    """(number of the first line, some lines). From a terminal or a pipe each line is answered as it comes."""
    size = 1 if lines.isatty() else _CHUNK
    number = 1
    while chunk := list(islice(_lines(lines), size)):
        yield number, chunk
        number += len(chunk)


def _lines(lines: BinaryIO) -> Iterator[bytes]:
    """Lines of any length in bounded memory: what is beyond an address is thrown away."""
    while line := lines.readline(_LONGEST):
        start = line
        while not line.endswith(b"\n") and len(line) == _LONGEST:
            line = lines.readline(_LONGEST)
        yield start


def convert(chunk: tuple[int, list[bytes]], home: Path, context: int | None, codes: bool) -> bytes:
    names = gazetteer.load(home)
    number, lines = chunk
    made = []
    for line in lines:
        made.append(
            orjson.dumps(_answer(_decode(line, number), names, context, codes), option=orjson.OPT_APPEND_NEWLINE)
        )
        number += 1
    return b"".join(made)


def _answer(text: str, names: Gazetteer, context: int | None, codes: bool) -> dict:
    address = parse(text, names, context)
    answer: dict = {"text": text, "parts": address.parts}
    if codes:
        answer |= {"code": address.code, "door": with_floor(door_of(address)).__dict__}
    return answer


def _decode(line: bytes, number: int) -> str:
    if len(line) >= _LONGEST:
        return line.decode(errors="ignore")[:LIMIT]  # cut in the middle of a character
    try:
        return line.decode().removeprefix("\ufeff").rstrip("\r\n")
    except UnicodeDecodeError as problem:
        raise NotText(
            f"line {number} is not UTF-8 (byte {problem.start + 1}). Is the file GB18030? "
            "Convert it first: iconv -f GB18030 -t UTF-8"
        ) from None


def main() -> int:
    parser = argparse.ArgumentParser(prog="fengchao address")
    parser.add_argument("--home", type=Path)
    register(parser)
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
