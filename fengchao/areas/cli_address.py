"""`fengchao address [FILE]`: one written address a line in, one JSON a line out.

Starts without Django. Output keeps the order of the input, one line for each, blank lines too.
"""

import argparse
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import cast

import orjson

from fengchao.areas import gazetteer
from fengchao.engines.address import LIMIT, Gazetteer, door_of, parse, with_floor

_BLOCK = 1 << 18  # bytes: some thousand lines
_LARGE = 1 << 21  # bytes from which a second process is worth its start
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
    parser.add_argument("--processes", type=int, metavar="N", help="cores to use (default: 1, or all for a large FILE)")
    parser.add_argument("--json", action="store_true", help="JSON lines: what it always prints")


def run(args: argparse.Namespace) -> int:
    if args.community is not None and not 10**11 <= args.community < 10**12:
        print("--community takes a code of 12 digits, such as 350181005004", file=sys.stderr)
        return 2
    home = getattr(args, "home", None) or Path(os.environ.get("FENGCHAO_HOME", ".fengchao")).resolve()
    try:
        lines = cast(BufferedReader, args.file.open("rb") if args.file else sys.stdin.buffer)
    except OSError as problem:
        print(f"{args.file}: {problem.strerror}", file=sys.stderr)
        return 2
    try:
        with lines:
            _write(_blocks(lines), partial(convert, home=home, context=args.community, codes=args.codes), args)
    except NotText as problem:
        print(f"{args.file or 'standard input'}: {problem}", file=sys.stderr)
        return 2
    return 0


def _write(blocks: Iterable[tuple[int, bytes]], work: partial, args: argparse.Namespace) -> None:
    processes = args.processes or _cores_for(args.file)
    if processes == 1:
        for block in blocks:
            _put(work(block))
        return
    with ProcessPoolExecutor(processes) as pool:
        # A few blocks ahead, not the whole file: it may be larger than memory.
        waiting: deque[Future] = deque()
        for block in blocks:
            waiting.append(pool.submit(work, block))
            if len(waiting) > 2 * processes:
                _put(waiting.popleft().result())
        for result in waiting:
            _put(result.result())


def _cores_for(file: Path | None) -> int:
    if file is None or file.stat().st_size < _LARGE:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _put(made: bytes) -> None:
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()


def _blocks(file: BufferedReader) -> Iterator[tuple[int, bytes]]:
    """(number of the first line, whole lines). What a pipe or a terminal has is answered as it comes."""
    number, rest = 1, b""
    while more := file.read1(_BLOCK):
        cut = more.rfind(b"\n") + 1
        if cut:
            block = rest + more[:cut]
            yield number, block
            number += block.count(b"\n")
            rest = more[cut:]
        else:
            rest += more
        rest = rest[:_BLOCK]  # a line without end: what is beyond an address is thrown away
    if rest:
        yield number, rest


def convert(block: tuple[int, bytes], home: Path, context: int | None, codes: bool) -> bytes:
    names = gazetteer.load(home)
    answers = [orjson.dumps(_answer(text, names, context, codes)) for text in _texts(*block)]
    return b"\n".join([*answers, b""])


def _texts(number: int, block: bytes) -> list[str]:
    block = block.removeprefix(b"\xef\xbb\xbf") if number == 1 else block
    lines = block.removesuffix(b"\n").split(b"\n")
    if len(block) > _LONGEST:
        lines = [line if len(line) <= _LONGEST else _beginning(line) for line in lines]
    try:
        return b"\n".join(lines).decode().replace("\r", "").split("\n")
    except UnicodeDecodeError:
        raise NotText(_complaint(number, lines)) from None


def _beginning(line: bytes) -> bytes:
    return line[:_LONGEST].decode(errors="ignore")[:LIMIT].encode()  # the cut may be inside a character


def _complaint(number: int, lines: list[bytes]) -> str:
    for bad, line in enumerate(lines, number):
        try:
            line.decode()
        except UnicodeDecodeError as problem:
            place = f"line {bad} is not UTF-8 (byte {problem.start + 1})"
            return f"{place}. If it is GB18030, convert it first: iconv -f GB18030 -t UTF-8"
    return "not UTF-8"


def _answer(text: str, names: Gazetteer, context: int | None, codes: bool) -> dict:
    address = parse(text, names, context)
    answer: dict = {"text": text, "parts": address.parts}
    if codes:
        answer |= {"code": address.code, "door": asdict(with_floor(door_of(address)))}
    return answer


def main() -> int:
    parser = argparse.ArgumentParser(prog="fengchao address")
    parser.add_argument("--home", type=Path)
    register(parser)
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
