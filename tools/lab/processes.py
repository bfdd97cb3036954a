"""Processes that end when we do, each by its own id."""
import ctypes
import signal
import subprocess

_PR_SET_PDEATHSIG = 1  # prctl(2)
_libc = ctypes.CDLL(None)


def _die_with_parent():
    """Should we be killed outright, nothing of ours stays behind."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


class Processes:
    def __init__(self):
        self.running = []

    def start(self, namespace, *command, **options):
        """`namespace`: a network namespace to run in, or None for the one that we are in."""
        inside = ["ip", "netns", "exec", namespace] if namespace else []
        # A session of its own: the terminal's Ctrl-C is ours alone, and we end the rest in order.
        process = subprocess.Popen([*inside, *command], stdin=subprocess.DEVNULL, start_new_session=True,
                                   preexec_fn=_die_with_parent, **options)
        self.running.append(process)
        return process

    def close(self):
        for process in reversed(self.running):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.running:
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
