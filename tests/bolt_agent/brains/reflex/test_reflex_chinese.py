"""What is said in Chinese, and what the robot would do."""

import pytest
from reflex_stage import perform

from bolt_agent.brains.reflex import ReflexBrain

COMMANDS = """
向前滚两秒 | drive 0 speed 90 for 2
往左滚两秒 | drive 270 speed 90 for 2
后退一米 | go 0 -100 cm
向右走五十厘米 | go 90 50 cm
慢慢地向前走三秒 | drive 0 speed 50 for 3
全速前进一秒 | drive 0 speed 255 for 2.8
以速度60向右滚3秒 | drive 90 speed 60 for 3
向北走半秒 | drive 0 speed 90 for 0.5
前进一秒半 | drive 0 speed 90 for 1.5
前进三点五秒 | drive 0 speed 90 for 3.5
向左前方走两秒 | drive 315 speed 90 for 2
请你帮我向前滚两秒钟好吗 | drive 0 speed 90 for 2
往前冲一秒 | drive 0 speed 160 for 1
左转 | turn 270
右转90度 | turn 90
向左转四十五度 | turn 315
掉头 | spin 180 in 0.5
转半圈 | spin 180 in 0.5
面向东方 | turn 90
转三圈 | spin 1080 in 3
小球,转三圈 | spin 1080 in 3
逆时针转一圈 | spin -360 in 1
走一个正方形 | go 0 30 cm / go 90 30 cm / go 180 30 cm / go 270 30 cm
走一个边长40厘米的正方形 | go 0 40 cm / go 90 40 cm / go 180 40 cm / go 270 40 cm
走一个三角形 | go 0 40 cm / go 120 40 cm / go 240 40 cm
先向左走一秒,然后向右走两秒 | drive 270 speed 90 for 1 / drive 90 speed 90 for 2
向左走一秒向右走两秒 | drive 270 speed 90 for 1 / drive 90 speed 90 for 2
向前滚两秒,等一秒,然后回来 | drive 0 speed 90 for 2 / rest 1 / drive 0 speed -90 for 2
前后走两次 | drive 0 speed 90 for 1.5 / drive 0 speed -90 for 1.5 / drive 0 speed 90 for 1.5 / drive 0 speed -90 for 1.5
等两秒再走 | pause 2 / drive 0 speed 90 for 1.5
右转然后前进一秒 | turn 90 / drive 90 speed 90 for 1
先转两圈,再向前走一秒,最后显示笑脸 | spin 720 in 2 / drive 0 speed 90 for 1 / until rest / show smile
重复两次:转一圈,等一秒 | spin 360 in 1 / rest 1 / spin 360 in 1 / rest 1
到了之后显示星星:前进50厘米 | go 0 50 cm / until rest / show star
向前走的同时显示爱心 | show heart / drive 0 speed 90 for 1.5
一边转圈一边显示爱心 | show heart / spin 360 in 1
用绿色的脸向前走两秒 | fill green / drive 0 speed 90 for 2
向前走直到撞到东西,然后掉头走一秒 | on collision: spin 180 in 0.5; drive 180 speed 90 for 1 / drive 0 speed 90 for 8
显示一个绿色的爱心 | show heart green
显示笑脸 | show smile
难过的表情 | show sad
用黄色写HELLO | write HELLO yellow
用蓝色显示字母A | letter A blue
显示数字7 | letter 7 white
把脸变成绿色 | fill green
清屏 | clear
把前灯变成红色 | front red
后灯变蓝色,前灯变白色 | back blue / front white
关灯 | clear / front black / back black
"""


@pytest.mark.parametrize(
    ("said", "done"), [tuple(part.strip() for part in line.split("|")) for line in COMMANDS.strip().splitlines()]
)
def test_a_command_composes_what_was_asked(said, done):
    thought = ReflexBrain().think(said)
    assert (thought.status, thought.language) == ("ok", "zh"), thought.reply
    assert " / ".join(perform(thought.code)) == done


def test_the_reply_is_in_the_language_of_the_command():
    assert ReflexBrain().think("向前滚两秒").reply == "向前滚2秒。"


@pytest.mark.parametrize(
    "said", ["法国的首都是哪里", "我喜欢吃苹果", "今天天气怎么样", "你好", "你是谁", "不要动", "算了"]
)
def test_talk_does_not_move_the_robot(said):
    thought = ReflexBrain().think(said)
    assert thought.code is None
    assert thought.reply


@pytest.mark.parametrize(
    ("first", "then", "done"),
    [
        ("向前走一秒", "再来一次", "drive 0 speed 90 for 1"),
        ("向前走一秒", "反过来", "drive 0 speed -90 for 1"),
        ("向右走一秒", "快一点", "drive 90 speed 135 for 1"),
        ("显示爱心", "变成蓝色", "show heart blue"),
        ("把这个动作叫做扭扭:左转30度,右转30度", "扭扭两次", "turn 330 / turn 0 / turn 330 / turn 0"),
    ],
)
def test_a_conversation_remembers(first, then, done):
    brain = ReflexBrain()
    brain.think(first)
    assert " / ".join(perform(brain.think(then).code)) == done
