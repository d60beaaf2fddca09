"""The two CloudFront Functions, in JavaScript: they change paths, and say whom they serve."""

import json
from collections.abc import Iterable
from typing import Final

VIEWER: Final = "bedboard-viewer"
"""The header, as `shared.http.request` reads it, with the address that CloudFront serves."""

# The API's stage is `$default`, so its own paths do not start with `/api`. The header replaces what
# a client claims in one of this name.
STRIP_API: Final = f"""\
function handler(event) {{
  var request = event.request;
  request.uri = request.uri.substring("/api".length);
  request.headers["{VIEWER}"] = {{ value: event.viewer.ip }};
  return request;
}}
"""

NOT_FOUND: Final = "/not-found.html"

SHORT_ADDRESS: Final = "/y"
"""The address, in messages, of the page behind a link that posts: a text has room for little."""

# Some mail programs write the # after the short address as %23: the page then asks for the code.
#
# For a request it replaces an unknown path by the not-found page; for a response it sets status
# 404. CloudFront does not document which of the two paths the response event holds, but neither
# of them is among the files, so the same question works for both.
_PAGE_PATHS: Final = """\
var FILES = %s;
function handler(event) {
  var uri = event.request.uri;
  if (uri === "%s" || uri.indexOf("%s%%23") === 0) uri = "%s.html";
  var known = FILES.indexOf(uri) >= 0 || uri.indexOf("/assets/") === 0;
  if (event.response) {
    if (!known) {
      event.response.statusCode = 404;
      event.response.statusDescription = "Not Found";
    }
    return event.response;
  }
  event.request.uri = known ? uri : "%s";
  return event.request;
}
"""


def page_paths(files: Iterable[str]) -> str:
    """Return the function for a site with these files at its top, plus `/` and `/config.json`."""
    paths = {"/", "/config.json", *(f"/{name}" for name in files)} - {NOT_FOUND}
    short = SHORT_ADDRESS
    return _PAGE_PATHS % (json.dumps(sorted(paths)), short, short, short, NOT_FOUND)
