import pytest
from studio_pages import opened


@pytest.fixture(scope="module", autouse=True)
def kept(tmp_path_factory):
    """Where moves, animations and recordings of a module's tests are."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOLT_AGENT_DATA", str(folder))
        yield folder


@pytest.fixture(scope="module")
def studio(kept):
    """One for a module: opening a robot takes its time."""
    with opened() as studio:
        yield studio


@pytest.fixture
def visitor(studio):
    """A page; whatever the robot did before is over."""
    page = studio.page()
    page.settle()
    yield page
    page.settle()
