"""The Gymnasium environment."""

import pytest

from simulator.gym import BoltEnv


def test_without_gymnasium_one_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr("simulator.gym.gymnasium", None)
    with pytest.raises(ModuleNotFoundError, match=r"bolt-agent\[gym\]"):
        BoltEnv()


def test_it_keeps_gymnasiums_rules():
    pytest.importorskip("gymnasium")
    from gymnasium.utils.env_checker import check_env

    check_env(BoltEnv("walled"), skip_render_check=True)


def test_driving_to_the_goal_is_rewarded_and_ends_the_episode():
    pytest.importorskip("gymnasium")
    env = BoltEnv(goal=(0, 60))
    env.reset(seed=1)
    total, terminated = 0.0, False
    for _ in range(40):
        _, reward, terminated, _, info = env.step([0.0, 0.3])
        total += reward
        if terminated:
            break
    assert terminated
    assert info["distance"] < 10
    assert total > 4


def test_the_reward_is_a_hook():
    pytest.importorskip("gymnasium")
    env = BoltEnv(goal=(0, 60), reward=lambda env, nearer, bumped: 7.0)
    env.reset(seed=1)
    assert env.step([0.0, 0.0])[1] == 7.0
