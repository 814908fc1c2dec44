"""What reading a questionnaire may cost; apart from `convert`, so that the server need not load pyxform."""

from fengchao.sheets.limits import MB, Limits

LIMITS = Limits(file_bytes=2 * MB, unzipped_bytes=40 * MB, rows=5000, text_rows=5000, sheets=20, memory=600 * MB,
                cpu_seconds=20, wait_seconds=30, output_bytes=20 * MB)
