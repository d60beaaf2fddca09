"""CloudFront passes the API its own paths, and answers unknown paths with the not-found page."""

import json
import subprocess
from typing import Any

import pytest

from infra.site.paths import STRIP_API, page_paths
from shared.http.request import VIEWER
from tests.infra.stack_template import Resource, StackTemplate


def code_of(template: StackTemplate, beginning: str) -> str:
    """Return the code of the CloudFront function whose logical id starts so."""
    functions = template.resources("CloudFront::Function")
    code: str = functions[template.logical_id("CloudFront::Function", beginning)]["Properties"][
        "FunctionCode"
    ]
    return code


def run(code: str, event: Resource) -> Any:
    """Return the result of a CloudFront function for an event."""
    script = f"{code}\nconsole.log(JSON.stringify(handler({json.dumps(event)})))"
    process = subprocess.run(["node", "-e", script], capture_output=True, check=True)  # noqa: S607 - the Node of this machine
    return json.loads(process.stdout)


@pytest.mark.parametrize(
    ("path", "api_path"),
    [
        ("/api/vacancies", "/vacancies"),
        ("/api/homes/1-9000000001/changes", "/homes/1-9000000001/changes"),
        ("/api/", "/"),
        ("/api/api/x", "/api/x"),
    ],
)
def test_the_api_gets_paths_without_the_prefix(
    template: StackTemplate, path: str, api_path: str
) -> None:
    assert code_of(template, "SiteWithoutApi") == STRIP_API
    request = {"uri": path, "querystring": {"near": {"value": "EX2"}}, "headers": {}}
    passed_on = run(STRIP_API, {"request": request, "viewer": {"ip": "192.0.2.7"}})
    assert passed_on["uri"] == api_path
    assert passed_on["querystring"] == {"near": {"value": "EX2"}}


def test_the_api_is_told_whom_cloudfront_serves_whatever_the_client_claims() -> None:
    claimed = {VIEWER: {"value": "198.51.100.9"}, "accept": {"value": "*/*"}}
    request = {"uri": "/api/links/look", "headers": claimed}
    passed_on = run(STRIP_API, {"request": request, "viewer": {"ip": "192.0.2.7"}})
    assert passed_on["headers"] == {VIEWER: {"value": "192.0.2.7"}, "accept": {"value": "*/*"}}


@pytest.mark.parametrize("uri", ["/", "/index.html", "/config.json", "/assets/0123/page.js"])
def test_known_paths_are_unchanged(template: StackTemplate, uri: str) -> None:
    code = code_of(template, "SitePaths")
    assert code == page_paths(["index.html"])
    assert run(code, {"request": {"uri": uri}}) == {"uri": uri}
    answer = {"statusCode": 200}
    assert run(code, {"request": {"uri": uri}, "response": answer}) == answer


@pytest.mark.parametrize("uri", ["/y", "/y.html", "/y%23Ab3-_xxxxxxxxxxxxxxxxx"])
def test_the_page_of_links_has_a_short_address_also_where_its_fragment_was_encoded(
    uri: str,
) -> None:
    code = page_paths(["index.html", "y.html", "not-found.html"])
    assert run(code, {"request": {"uri": uri}}) == {"uri": "/y.html"}
    for event_uri in (uri, "/y.html"):
        answer = run(code, {"request": {"uri": event_uri}, "response": {"statusCode": 200}})
        assert answer == {"statusCode": 200}


@pytest.mark.parametrize(
    "uri",
    ["/yy", "/y/", "/y%24", "/x%23y", "/serach.html", "/wp-admin/", "/not-found.html", "/assets"],
)
def test_unknown_paths_show_the_not_found_page_with_status_404(uri: str) -> None:
    code = page_paths(["index.html", "not-found.html"])
    assert run(code, {"request": {"uri": uri}}) == {"uri": "/not-found.html"}
    # CloudFront does not document which of the two paths the response event holds.
    for event_uri in (uri, "/not-found.html"):
        answer = run(code, {"request": {"uri": event_uri}, "response": {"statusCode": 200}})
        assert answer == {"statusCode": 404, "statusDescription": "Not Found"}
