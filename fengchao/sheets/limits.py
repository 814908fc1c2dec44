"""What an uploaded file may cost, before and while it is read."""

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    file_bytes: int = 400 * MB
    unzipped_bytes: int = 1500 * MB
    ratio: int = 200  # a real sheet deflates 10 to 40 times; a bomb a thousand times
    parts: int = 2_000
    sheets: int = 100
    rows: int = 1_048_576
    text_rows: int = 2_000_000
    columns: int = 256
    cell_chars: int = 8_000
    memory: int = 1400 * MB  # address space of the reading process
    cpu_seconds: int = 240
    wait_seconds: int = 300  # spent waiting for the reader, not by it waiting for us
    output_bytes: int = 400 * MB


LIMITS = Limits()
