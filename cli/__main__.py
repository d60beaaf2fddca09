"""`python -m cli`: the same as `bedboard`."""

from cli.main import app

if __name__ == "__main__":
    app(prog_name="bedboard")
