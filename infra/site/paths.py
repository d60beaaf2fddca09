"""What CloudFront does to paths before it looks for what is there: two functions of its own."""

import json
from collections.abc import Iterable
from typing import Final

# The API's stage is `$default`: its paths have no `/api` before them.
WITHOUT_API: Final = """\
function handler(event) {
  var request = event.request;
  request.uri = request.uri.substring("/api".length);
  return request;
}
"""

NOT_FOUND: Final = "/not-found.html"

# On the way in it shows the page that says so, on the way out it says so to machines. It asks the
# same both ways: whether the path is then the old one or the new, neither is among the files.
_KNOWN: Final = """\
var FILES = %s;
function handler(event) {
  var uri = event.request.uri;
  var known = FILES.indexOf(uri) >= 0 || uri.indexOf("/assets/") === 0;
  if (event.response) {
    if (!known) {
      event.response.statusCode = 404;
      event.response.statusDescription = "Not Found";
    }
    return event.response;
  }
  if (!known) event.request.uri = "%s";
  return event.request;
}
"""


def known(files: Iterable[str]) -> str:
    """The function for a site of these files at its top, besides what every site has."""
    paths = {"/", "/config.json", *(f"/{name}" for name in files)} - {NOT_FOUND}
    return _KNOWN % (json.dumps(sorted(paths)), NOT_FOUND)
