"""Write the cells of the workbook in standard input as lines of JSON: a program of its own.

A crafted workbook of a few kilobytes may take all memory or time, which ends this process and not
the import. A line is a sheet (`{"is_hidden": false}`) or a row
(`[number, [cell, ...], is_damaged]`).
"""

import json
import resource
import sys
from contextlib import suppress
from io import BytesIO
from typing import Final

from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from import_homes.failed_formulas import failed_cells

UNREADABLE: Final = 3
"""The exit status when the input is no workbook."""

_MEMORY: Final = 1_450_000_000
"""Bytes of addresses. CQC's own file takes 1 GB to read, and the function has 1.769 GB."""

_LONGEST_CELL: Final = 32_767
"""Characters."""

_PROCESSOR_SECONDS: Final = 240
"""CQC's own file takes about 30."""


def main() -> None:
    """Write every sheet of the workbook."""
    _limit(resource.RLIMIT_AS, _MEMORY)
    _limit(resource.RLIMIT_CPU, _PROCESSOR_SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    try:
        _write_sheets(sys.stdin.buffer.read())
    except CalamineError:
        sys.exit(UNREADABLE)


def _write_sheets(content: bytes) -> None:
    failed = failed_cells(content)
    with load_workbook(BytesIO(content)) as workbook:
        for entry in workbook.sheets_metadata:
            if entry.typ is not SheetTypeEnum.WorkSheet:
                continue
            _write({"is_hidden": entry.visible is not SheetVisibleEnum.Visible})
            sheet = workbook.get_sheet_by_name(entry.name)
            first_row, first_column = sheet.start or (0, 0)
            failed_rows = failed.get(entry.name, {})
            for number, cells in enumerate(sheet.iter_rows(), first_row + 1):
                for column, shown in failed_rows.get(number, {}).items():
                    if 0 <= column - first_column < len(cells):
                        cells[column - first_column] = shown
                # A filled cell far below makes up to a million blank rows.
                if all(cell == "" for cell in cells):
                    continue
                short = [_shortened(cell) for cell in cells]
                _write([number, short, short != cells])


def _shortened(cell: object) -> object:
    """Return the cell, or the beginning of one that is longer than spreadsheet programs allow."""
    return cell[:_LONGEST_CELL] if isinstance(cell, str) else cell


def _write(line: object) -> None:
    sys.stdout.write(json.dumps(line, default=str) + "\n")


def _limit(kind: int, most: int) -> None:
    # Not every system that Bedboard is developed on can limit memory.
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard < 0 else min(most, hard), hard))


if __name__ == "__main__":
    main()
