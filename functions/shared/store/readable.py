"""Read many things of the table, of which one that cannot be read hides only itself."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from shared.store import keys
from shared.store.table import Item

Thing = TypeVar("Thing")
Value = TypeVar("Value")


def readable(
    things: Iterable[Thing],
    read: Callable[[Thing], Value],
    name: Callable[[Thing], str],
    report_unreadable: Callable[[str], None],
) -> Iterator[Value]:
    """Yield what `read` makes of each thing; leave out one for which it raises, whatever that is.

    Its name is given to `report_unreadable`, within the `except` block.
    """
    for thing in things:
        try:
            value = read(thing)
        except Exception:  # it may be anything, and must not hide the rest
            report_unreadable(name(thing))
            continue
        yield value


def sort_key(item: Item) -> str:
    """Return the name of an item of the table."""
    text: str = item[keys.SORT]["S"]
    return text
