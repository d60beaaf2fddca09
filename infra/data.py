"""The stack that holds a council's data, and nothing that changes often."""

from constructs import Construct

from infra.address_key import AddressKey
from infra.alerts import DeadLetters
from infra.council.model import Council
from infra.council.stack_names import data_stack_name
from infra.council_stack import CouncilStack
from infra.identity import Identity
from infra.imports import ImportBucket
from infra.outputs import add_data_outputs
from infra.table import Table


class DataStack(CouncilStack):
    """The table, the key to addresses, the people, the uploaded files and the events that failed.

    If creating this stack fails, everything in it goes with it. Once it exists, its resources
    outlive it. A trigger of the user pool belongs here with its function, because without the
    function nobody could sign in.
    """

    def __init__(self, scope: Construct, *, council: Council, protected: bool = True) -> None:
        """`protected` keeps AWS from deleting the stack, the table and the user pool.

        It is off until the first deployment has ended well: see `infra.deploy`.
        """
        super().__init__(
            scope,
            "Data",
            council,
            stack_name=data_stack_name(council.slug),
            description=f"Bedboard for {council.name}: its data",
            termination_protection=protected,
        )
        self.table = Table(self, "Table", protected=protected)
        self.imports = ImportBucket(self, "Imports", council)
        self.address_key = AddressKey(self, "AddressKey")
        self.dead_letters = DeadLetters(self, "DeadLetters").queue
        self.identity = Identity(self, "Identity", council, protected=protected)
        add_data_outputs(self, self.table, self.imports, self.identity, self.dead_letters)
        self.apply_settings(council)
