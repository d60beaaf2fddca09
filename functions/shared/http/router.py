"""Create the routers in which a function with many routes keeps them, by subject."""

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

__all__ = ["APIGatewayHttpRouter", "create_router"]


def create_router() -> APIGatewayHttpRouter:
    """Create a router; `include_router` of the resolver adds its routes to the function."""
    return APIGatewayHttpRouter()  # type: ignore[no-untyped-call]
