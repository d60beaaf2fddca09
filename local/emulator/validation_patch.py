"""Have botocore validate the parameters of every call that a function makes in the emulator.

In production the client of DynamoDB does not: DynamoDB validates them all the same, and botocore's
validation takes time. The emulator is more lenient than DynamoDB.
"""

from typing import Any, Final

PROGRAM: Final = """
def _validate_every_call():
    from botocore.client import BaseClient
    from botocore.validate import ParamValidator

    make_api_call = BaseClient._make_api_call

    def validated(self, operation_name, api_params):
        shape = self.meta.service_model.operation_model(operation_name).input_shape
        report = ParamValidator().validate(api_params, shape) if shape else None
        if report and report.has_errors():
            raise TypeError(f"{operation_name}: {report.generate_report()}")
        return make_api_call(self, operation_name, api_params)

    BaseClient._make_api_call = validated


_validate_every_call()
"""
"""What the process of each function runs first. A call that is not valid is a fault: status 500."""


def install(lambda_runtime: Any) -> None:  # noqa: ANN401 - a module without types
    """Put the program before the one with which ministack runs Python functions."""
    lambda_runtime._PYTHON_WORKER_SCRIPT = PROGRAM + lambda_runtime._PYTHON_WORKER_SCRIPT  # noqa: SLF001 - ministack has no public name for it
