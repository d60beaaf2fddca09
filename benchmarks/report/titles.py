"""The names of tables, rows and columns that the page's sentences, targets and plots refer to.

They are keys of results.json as well: rename them in both places.
"""

from typing import Final

SEARCH_IN_MEMORY: Final = "search in memory"
SEARCH_ORDERS: Final = "orders of the results in memory"
MATCHING: Final = "match of an opening"
WARM_SEARCH: Final = "warm search, processor time of the client"
WARM_SEARCH_TRAFFIC: Final = "warm search, on the wire"
WARM_SEARCH_LAYERS: Final = "warm search, by layer (mean)"
SEARCH: Final = "search"
"""The row of the search function."""

NEEDS_PEERS: Final = "eight needs in memory, against peers (15,000 homes)"
NEEDS_BOARD: Final = "eight needs in memory, beside none (15,000 homes)"
NEEDS_WHOLE: Final = "eight needs, the whole handler without the SDK"
NEEDS_TRAFFIC: Final = "eight needs, on the wire"
NO_NEEDS: Final = "no needs"
USUAL_FITS: Final = "eight needs, yes and ask"
EVERY_FIT: Final = "eight needs, yes, ask and no"
NEAR_MISSES: Final = "near misses of eight needs"

GROWTH: Final = "growth"
SEARCH_GROWTH: Final = "growth of a search in memory with homes, mean us"
FAR_HOMES_GROWTH: Final = "growth of a warm search with homes outside the circle"
LOG_GROWTH: Final = "growth of following the log with changes a second"
STORED_GROWTH: Final = "growth of a cold load and of a post with homes in the table"
IMPORT_GROWTH: Final = "growth of an import with its homes"
EXPONENT: Final = "exponent"
COLD_LOAD_REQUESTS: Final = "cold load, requests"

LOAD_ALONE: Final = "load, a client that has the stack to itself"
LOAD_REQUESTS: Final = "load, by kind of request"
LOAD_CHECKS: Final = "load, what must hold"
IN_TIME: Final = "alerts: within"
"""How the row of that table begins which depends on the machine."""
LOAD_DELIVERY: Final = "load, from an acknowledgement to the message in a team's queue"
LOAD_PROCESSORS: Final = "load, processors"
EMULATOR: Final = "the emulator"
FUNCTIONS: Final = "the functions"
CLIENTS: Final = "the clients"
MACHINE: Final = "this machine has"
