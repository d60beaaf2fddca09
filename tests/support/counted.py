"""A DynamoDB client that counts what it reads."""

from typing import Any


class Counted:
    """Pass requests on to a client, and count the items that it returns."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.items = 0

    def __getattr__(self, name: str) -> Any:
        def request(**arguments: Any) -> Any:
            response = getattr(self._client, name)(**arguments)
            several = response.get("Items", response.get("Responses", []))
            self.items += len(several) + ("Item" in response)
            return response

        return request
