"""Run the demo; see `local/demo/run.py`."""

from local.demo.run import main

if __name__ == "__main__":
    main()
