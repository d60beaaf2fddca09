"""`python -m cli`: the same as `bedboard`."""

from cli.app import app

if __name__ == "__main__":
    app(prog_name="bedboard")
