"""Serve the pages of a running stack; see `local/site/serve.py`."""

from local.site.serve import main

if __name__ == "__main__":
    main()
