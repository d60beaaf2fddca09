"""Find a link by what someone has of it: its token, or the code in its message."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from aws_lambda_powertools.metrics import MetricUnit

from post_by_link.bodies import Doing, Look
from shared.aws.address_key import AddressKey
from shared.aws.clock import Clock
from shared.aws.telemetry import AddMetric, logger
from shared.domain.errors import ConflictError, NotFoundError, Problem, RefusedError
from shared.domain.link_secret import Secret
from shared.store import code_tries, posting_links, stack_secret
from shared.store.code_tries import Allowance
from shared.store.posting_links import LinkState
from shared.store.table import Table

Permits = Callable[[LinkState, datetime], bool]

_PERMITS: Final[Mapping[Doing, Permits]] = {
    Doing.UNDO: lambda state, now: state.link.can_undo(state.stop, now),
    # A press that is repeated because its answer was lost finds the links stopped.
    Doing.STOP: lambda state, now: state.works(now) or state.link.was_just_stopped(state.stop),
}


@dataclass(frozen=True, slots=True)
class LinkFinder:
    """Finds the links of one stack."""

    table: Table
    clock: Clock
    key: AddressKey
    add_metric: AddMetric

    def find(self, holder: Look, address: str, doing: Doing = Doing.LOOK) -> LinkState:
        """Return the link, if it may be used for this.

        `address` is where the request comes from; wrong codes are counted against it. Raises
        NotFoundError, the same for every link that does not work; ConflictError while codes rest;
        RefusedError, BusyError.
        """
        if (holder.token is None) == (holder.code is None):
            raise RefusedError(Problem("token", "the token of a link, or a code instead"))
        if holder.token is not None:
            return self._permitted(Secret(holder.token).digest, doing)
        code = Secret.typed(holder.code or "")
        secret = stack_secret.existing(self.table, self.key) if code else None
        if code is None or secret is None:
            raise posting_links.not_found()
        now = self.clock.now()
        self._require_allowance(code_tries.allowance(self.table, secret, address, now))
        try:
            return self._permitted(code.keyed_digest(secret), doing)
        except NotFoundError:
            code_tries.record_wrong(self.table, secret, address, now)
            raise

    def _permitted(self, digest: str, doing: Doing) -> LinkState:
        state = posting_links.find(self.table, digest)
        permits = _PERMITS.get(doing, LinkState.works)
        if state is None or not permits(state, self.clock.now()):
            raise posting_links.not_found()
        return state

    def _require_allowance(self, allowance: Allowance) -> None:
        if allowance is Allowance.FREE:
            return
        if allowance is Allowance.STACK_RESTS:
            logger.error("codes rest")
            self.add_metric("CodesRest", MetricUnit.Count, 1)
        raise ConflictError(
            "Too many wrong codes were entered, so codes rest until the next full hour. Open the"
            " link in the message, or sign in."
        )
