"""What a proof made is removed in reverse order, also what refuses at first."""

import os
import signal

from cli.prove.cleanup import Cleanup, Leftover


def test_things_are_removed_in_reverse_order_and_once() -> None:
    done: list[str] = []
    cleanup = Cleanup()
    cleanup.add("first", lambda: done.append("first"))
    cleanup.add("second", lambda: done.append("second"))
    cleanup.add("first", lambda: done.append("first again"))
    assert cleanup.run() == (["second", "first"], [])
    assert cleanup.run() == ([], [])
    assert done == ["second", "first"]


def test_what_cannot_be_removed_is_named_and_the_rest_still_goes() -> None:
    tries: list[str] = []

    def refuse() -> None:
        tries.append("x")
        raise OSError("no way")

    def refuse_once() -> None:
        tries.append("y")
        if tries.count("y") == 1:
            raise OSError("busy")

    cleanup = Cleanup()
    cleanup.add("stubborn", refuse)
    cleanup.add("slow", refuse_once)
    cleanup.add("easy", lambda: None)
    removed, left = cleanup.run()
    assert removed == ["easy", "slow"]
    assert left == [Leftover("stubborn", "OSError: no way")]
    assert tries.count("x") == 2


def test_ctrl_c_does_not_stop_it() -> None:
    # A shell starts what runs in the background with SIGINT ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    removed: list[str] = []
    cleanup = Cleanup()
    cleanup.add("last", lambda: removed.append("last"))
    cleanup.add("while interrupted", lambda: os.kill(os.getpid(), signal.SIGINT))
    cleanup.run()
    assert removed == ["last"]
    assert signal.signal(signal.SIGINT, before) is signal.default_int_handler
