"""What botocore and moto find out again for every client and every test, though it never differs.

moto gives every test new clients. Each would parse the models of the services, look through four
hundred folders for the names of the services, and ask of more than a hundred handlers how they may
be called; and every new key and topic would search for prime numbers. That was half of the time of
the tests without emulator and browser. What is kept here depends on the installed packages alone.
"""

from functools import cache, partial
from typing import Any
from unittest.mock import patch

import moto.core.models
import moto.core.responses
import moto.kms.models
from botocore.hooks import BaseEventHooks, EventAliaser
from botocore.loaders import JSONFileLoader, Loader
from moto.core.utils import method_names_from_class
from moto.kms.utils import generate_private_key
from moto.sns.models import Subscription


def keep() -> None:
    """Find out once, for this process."""
    read_file = cache(partial(JSONFileLoader.load_file, JSONFileLoader()))
    _replace(JSONFileLoader, "load_file", lambda _self, path: read_file(path))

    list_services = cache(partial(Loader.list_available_services, Loader()))
    _replace(Loader, "list_available_services", lambda _self, type_name: list_services(type_name))

    aliaser: Any = EventAliaser(BaseEventHooks())
    full_name = aliaser._alias_event_name
    _replace(EventAliaser, "_alias_event_name", lambda _self, event_name: full_name(event_name))
    _replace(BaseEventHooks, "_verify_accept_kwargs", lambda _self, _handler: None)

    # Nothing here sends by the library `requests`, for which each test would get 1,300 answers.
    _replace(moto.core.models, "RESPONSES_METHODS", [])
    _replace(moto.core.responses, "method_names_from_class", cache(method_names_from_class))
    # A key is private to its test all the same: nothing that a test sends leaves this process.
    _replace(moto.kms.models, "generate_private_key", cache(generate_private_key))
    sign_with = cache(partial(Subscription.private_key.__wrapped__, None))
    _replace(Subscription, "private_key", lambda _self: sign_with())


def _replace(owner: Any, name: str, substitute: Any) -> None:
    patch.object(owner, name, substitute).start()
