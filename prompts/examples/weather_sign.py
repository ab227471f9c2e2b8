"""A weather sign: reads a small file beside this one, shows the icon, and scrolls what it says.

bolt-agent run weather_sign.py 3         the third line of weather.txt
bolt-agent run weather_sign.py 1 my.txt  the first line of a file of yours
"""

from pathlib import Path
from time import sleep

from prompts.bolt import Moss

WEATHER = Path(__file__).with_name("weather.txt")


def run(moss: Moss, day: int = 1, file: str = str(WEATHER)) -> None:
    """Show the weather of a day; the first is 1."""
    icon, degrees, words = forecast(file)[day - 1]
    moss.face.show(icon)
    sleep(2)
    color = "sky" if degrees < 5 else "gold" if degrees > 18 else "white"
    moss.face.scroll_matrix_text(f"{degrees}\N{DEGREE SIGN} {words}", color)
    moss.face.show(icon)


def forecast(file: str) -> list[tuple[str, int, str]]:
    """The icon, temperature and words of each day in a file."""
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    days = [line.split(maxsplit=2) for line in lines if line.strip() and not line.startswith("#")]
    return [(icon, int(degrees), words) for icon, degrees, words in days]
