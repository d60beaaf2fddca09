"""A process that dies at one of its calls to the outside."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

When = Literal["before", "after"]
WHENS: list[When] = ["before", "after"]


class CrashError(BaseException):
    """The process dies: nothing catches this."""


@dataclass
class Crash:
    """Counts the calls of clients, and dies at one: before or after it."""

    dies_at: int
    when: When
    calls: list[str] = field(default_factory=list)
    died: bool = False

    def around(self, client: Any) -> Any:
        """Return the client, each of whose calls is a step."""
        crash = self

        class Client:
            def __getattr__(self, name: str) -> Callable[..., Any]:
                def called(**arguments: Any) -> Any:
                    crash.step(name, "before")
                    answer = getattr(client, name)(**arguments)
                    crash.step(name, "after")
                    return answer

                return called

        return Client()

    def step(self, name: str, when: When) -> None:
        """Count a call when it begins, and die where it is time to."""
        if when == "before":
            self.calls.append(name)
        if not self.died and len(self.calls) - 1 == self.dies_at and self.when == when:
            self.died = True
            raise CrashError
