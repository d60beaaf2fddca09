"""Bedboard's own index of alerts."""

from benchmarks.samples.alerts import Alerts, Opening
from notify.alert_index import AlertIndex
from shared.domain.alert import Alert


class AlertIndexPeer:
    """The index that `notify` keeps in memory."""

    name = "alert index"
    tolerance = 5e-6

    def __init__(self, alerts: Alerts) -> None:
        self._index = AlertIndex()
        for at in range(len(alerts)):
            self._index.put(alerts.alert(at).to_document())

    def ask(self, opening: Opening) -> dict[str, list[Alert]]:
        return self._index.matches(opening.previous, opening.document)

    def answer(self, opening: Opening) -> set[int]:
        return {int(alert.alert_id, 16) for team in self.ask(opening).values() for alert in team}

    def server_seconds(self) -> float:
        return 0.0

    def close(self) -> None:
        pass
