"""Bedboard's own book of alerts."""

from benchmarks.samples.alerts import Alerts, Opening
from notify.alert_index import AlertIndex
from shared.domain.alert import Alert


class AlertBookPeer:
    """What `notify` holds."""

    name = "alert book"
    tolerance = 5e-6

    def __init__(self, alerts: Alerts) -> None:
        self._book = AlertIndex()
        for at in range(len(alerts)):
            self._book.put(alerts.alert(at).to_document())

    def ask(self, opening: Opening) -> dict[str, list[Alert]]:
        return self._book.matches(opening.was, opening.becomes)

    def answer(self, opening: Opening) -> set[int]:
        return {int(alert.alert_id, 16) for team in self.ask(opening).values() for alert in team}

    def server_seconds(self) -> float:
        return 0.0

    def close(self) -> None:
        pass
