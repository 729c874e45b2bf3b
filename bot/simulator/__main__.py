"""`python -m bot.simulator`: a simulator in a process of its own, driven by the control API."""

import argparse
import asyncio
import contextlib
import signal
import sys

from bot.simulator import FloodRules, Simulator


async def _serve(port: int, *, flood: bool) -> None:
    simulator = Simulator(port=port, flood=None if flood else FloodRules.off())
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no signal handlers in its loop; Ctrl-C ends the process there all the same.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stopping.set)
    async with simulator:
        sys.stdout.write(f"{simulator.api_url} {simulator.token}\n")
        sys.stdout.flush()
        await stopping.wait()


def main() -> None:
    """Run until interrupted; the first line printed is the address and the token."""
    parser = argparse.ArgumentParser(prog="python -m bot.simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--no-flood", action="store_true", help="switch the flood limits off")
    arguments = parser.parse_args()
    asyncio.run(_serve(arguments.port, flood=not arguments.no_flood))


if __name__ == "__main__":
    main()
