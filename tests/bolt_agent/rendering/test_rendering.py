"""Reports as pictures: what they show, how long they last, and what is told where there is none."""

import io
import stat
import sys

import pytest
from PIL import Image

from bolt_agent.rendering import Show, draw, draw_frames, render, video

HEART = ["#000000"] * 63 + ["#ff0000"]


def report(**more):
    """A robot that rolls forward for two seconds and shows a red dot after the first."""
    path = [[t / 50, 0.0, float(t), 0.0, 50.0] for t in range(101)]
    lit = {"matrix_log": [[1.0, HEART]], "led_log": [[0.5, "front", "#0000ff"]]}
    return {
        "schema": "bolt-report/1",
        "world": "open",
        "turns": [{"t_start": 0.0, "t_end": 2.0}],
        "path": path,
        **lit,
        **more,
    }


def colors(image):
    return {color for _, color in image.convert("RGB").getcolors(2**20)}


def test_it_shows_the_path_the_face_and_the_lights():
    assert {(255, 0, 0), (0, 0, 255), (80, 180, 255)} <= colors(draw(Show(report())))


def test_a_moment_shows_what_was_there_by_then():
    seen = colors(draw(Show(report()), until=0.7))
    assert (0, 0, 255) in seen
    assert (255, 0, 0) not in seen


def test_the_other_robots_of_the_world_are_shown_in_their_colours():
    path = [[t / 50, 30.0, float(t), 0.0, 50.0] for t in range(101)]
    assert (224, 112, 63) in colors(draw(Show(report(others={"SB-0002": {"path": path}}))))


def test_a_path_that_is_drawn_piece_by_piece_ends_as_the_whole():
    show = Show(report())
    assert list(draw_frames(show, 0.1))[-1].tobytes() == draw(show).tobytes()


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_a_moving_picture_lasts_as_long_as_what_it_shows(suffix):
    with Image.open(io.BytesIO(render(report(), suffix))) as picture:
        lasted = 0
        for number in range(picture.n_frames):
            picture.seek(number)
            picture.load()
            lasted += picture.info["duration"]
    assert lasted / 1000 == pytest.approx(2.0, abs=0.3)


def test_a_world_that_is_not_here_is_drawn_without_walls():
    assert render(report(world="/gone/attic.yaml"), ".png").startswith(b"\x89PNG")


def test_a_video_goes_through_ffmpeg_where_there_is_one(tmp_path, monkeypatch):
    ffmpeg = tmp_path / "ffmpeg"
    ffmpeg.write_text('#!/bin/sh\nfor file; do :; done\ncat | wc -c > "$file"\n', encoding="utf-8")
    ffmpeg.chmod(ffmpeg.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(video.shutil, "which", lambda name: str(ffmpeg))
    frames = 51
    assert int(render(report(), ".mp4")) == frames * 720 * 480 * 3


def test_what_ffmpeg_complains_of_is_told(tmp_path, monkeypatch):
    ffmpeg = tmp_path / "ffmpeg"
    ffmpeg.write_text("#!/bin/sh\necho 'no such codec' >&2\nexit 1\n", encoding="utf-8")
    ffmpeg.chmod(ffmpeg.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(video.shutil, "which", lambda name: str(ffmpeg))
    with pytest.raises(video.NoVideo, match="no such codec"):
        render(report(), ".mp4")


def test_without_ffmpeg_and_av_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr(video.shutil, "which", lambda name: None)
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(video.NoVideo, match=r"bolt-agent\[video\]"):
        render(report(), ".mp4")


def test_av_writes_a_video(monkeypatch):
    pytest.importorskip("av")
    monkeypatch.setattr(video.shutil, "which", lambda name: None)
    assert render(report(), ".mp4")[4:8] == b"ftyp"
