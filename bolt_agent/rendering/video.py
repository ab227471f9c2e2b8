"""MP4: by the system's ffmpeg where there is one, else by PyAV (the extra `video`)."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from PIL import Image

from bolt_agent.rendering.drawing import HEIGHT, WIDTH

__all__ = ["NoVideo", "encode"]

FRAME_RATES = 1000
"""The largest denominator of a frame rate that is written into the file."""


class NoVideo(RuntimeError):
    """This computer cannot write MP4; the message says what to install."""


def encode(frames: Iterator[Image.Image], rate: float) -> bytes:
    """Pictures as an MP4 file (H.264). rate: of them in a second. Raises NoVideo."""
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is not None:
        return _by_ffmpeg(ffmpeg, frames, rate)
    try:
        import av  # noqa: F401
    except ImportError:
        raise NoVideo(
            "writing MP4 needs ffmpeg, or the package av: install ffmpeg, or type pip install 'bolt-agent[video]'; "
            "GIF, WebP and PNG need neither"
        ) from None
    return _by_av(frames, rate)


def _by_ffmpeg(ffmpeg: str, frames: Iterator[Image.Image], rate: float) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "show.mp4"  # MP4 is not written into a pipe: its index comes last and stands first
        read = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", f"{rate:.4f}", "-i", "-"]
        write = ["-pix_fmt", "yuv420p", "-movflags", "+faststart", str(file)]
        command = [ffmpeg, "-loglevel", "error", "-y", *read, *write]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdin is not None
            assert process.stderr is not None
            try:
                for frame in frames:
                    process.stdin.write(frame.tobytes())
                process.stdin.close()
            except BrokenPipeError:
                pass  # what it says is below
            said = process.stderr.read().decode(errors="replace").strip()
        if process.returncode or not file.exists():
            raise NoVideo(f"ffmpeg could not write the video: {said.splitlines()[-1] if said else 'no reason given'}")
        return file.read_bytes()


def _by_av(frames: Iterator[Image.Image], rate: float) -> bytes:
    import av

    whole = io.BytesIO()
    with av.open(whole, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=Fraction(rate).limit_denominator(FRAME_RATES))
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for frame in frames:
            container.mux(stream.encode(av.VideoFrame.from_image(frame)))
        container.mux(stream.encode())
    return whole.getvalue()
