"""Who may talk to the studio, and what a page may load."""

import pytest
from starlette.websockets import WebSocketDisconnect
from studio_pages import opened


def refused(studio, path="/ws", **headers):
    """Why a page is turned away."""
    with studio.connection(path, **headers) as socket, pytest.raises(WebSocketDisconnect) as closed:
        socket.receive_json()
    assert closed.value.code == 1008
    return closed.value.reason


def test_a_page_of_another_site_is_turned_away(studio):
    assert "another site" in refused(studio, Origin="https://example.com")
    answer = studio.http.post("/stop", headers={"Origin": "https://example.com"})
    assert answer.status_code == 403
    assert "another site" in answer.json()["error"]


def test_the_own_page_comes_in(studio):
    assert studio.page(Origin="http://127.0.0.1:8765").hello["protocol"] == "bolt-studio/1"


def test_a_foreign_name_that_leads_here_is_turned_away(studio):
    assert "not served under that name" in refused(studio, Host="evil.example", Origin="http://evil.example")
    assert studio.http.get("/", headers={"Host": "evil.example"}).status_code == 403
    assert studio.http.get("/", headers={"Host": "[::1"}).status_code == 403
    assert studio.http.get("/", headers={"Host": "localhost:99"}).status_code == 200


def test_with_a_token_nobody_comes_in_without_it():
    with opened(token="secret") as studio:
        for path in ("/", "/api/gallery", "/api/gallery?token=guess"):
            assert studio.http.get(path).status_code == 403
        assert studio.http.post("/stop").status_code == 403
        assert "token" in refused(studio)
        assert "token" in refused(studio, "/ws?token=guess")
        assert studio.http.get("/?token=secret", headers={"Host": "tablet.local"}).status_code == 200
        assert studio.http.post("/stop?token=secret").status_code == 200
        assert studio.page("/ws?token=secret").hello["robots"]


def test_a_page_can_load_only_what_comes_from_here(studio):
    headers = studio.http.get("/").headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers
    assert studio.http.get("/api/gallery").headers["content-security-policy"].startswith("default-src 'self'")


def test_the_page_is_looked_at_anew_and_its_files_are_kept(studio, tmp_path):
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from bolt_agent.studio.static_files import page_routes

    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "index-1a2b.js").write_text("1", encoding="utf-8")
    (tmp_path / "index.html").write_text("<title>studio</title>", encoding="utf-8")
    http = TestClient(Starlette(routes=list(page_routes(tmp_path))))
    assert http.get("/").headers["cache-control"] == "no-cache"
    assert "immutable" in http.get("/assets/index-1a2b.js").headers["cache-control"]


def test_a_page_that_is_not_built_is_told(tmp_path):
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from bolt_agent.studio.static_files import page_routes

    assert "not built" in TestClient(Starlette(routes=list(page_routes(tmp_path)))).get("/").text
