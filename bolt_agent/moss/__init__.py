"""The MOSS protocol: a person and a model read the same Python file, and the model's code runs inside it.

    >>> runtime = MossCompiler().compile("demo", source="def double(x): return 2 * x")
    >>> print(runtime.prompter().dump_module_prompt())
    def double(x): return 2 * x
    <BLANKLINE>
    >>> runtime.execute(target="run", code="def run(moss): return double(21)", local_args=["moss"]).returns
    42
    >>> runtime.close()

Compile a file's source (`MossCompiler`), tell a model about it (`MossPrompter`), run what the model writes
(`MossRuntime`), keep what it left on `moss` (`PyContext`). What a file may define to take part: `lifecycle`.
"""

from __future__ import annotations

from bolt_agent.moss._compiler import MossCompiler
from bolt_agent.moss._lint import lint_exec_code
from bolt_agent.moss._moss import MOSS_TYPE_NAME, MOSS_VALUE_NAME, Injection, Moss
from bolt_agent.moss._prompter import MossPrompter
from bolt_agent.moss._runtime import Execution, MossRuntime
from bolt_agent.moss._shortcuts import (
    DefaultMOSSProvider,
    get_moss_compiler,
    moss_container,
    moss_runtime_ctx,
    moss_test_suite,
)
from bolt_agent.moss._source import MOSS_HIDDEN_MARK, MOSS_HIDDEN_UNMARK
from bolt_agent.moss._tracebacks import format_exec_error
from bolt_agent.moss.errors import (
    AlreadyExecuting,
    CompilerUsed,
    ModuleMissing,
    MossError,
    NotInjectable,
    NotPersistable,
    RuntimeClosed,
    TargetMissing,
)
from bolt_agent.moss.exports import Exporter
from bolt_agent.moss.magics import MagicPrompter, __is_instance__, __is_subclass__
from bolt_agent.moss.modules import DefaultModules, DefaultModulesProvider, Modules
from bolt_agent.moss.prompts import (
    AttrPrompts,
    PromptAbleClass,
    PromptAbleObj,
    compile_attr_prompts,
    outline_class,
    outline_function,
    reflect_code_prompt,
)
from bolt_agent.moss.pycontext import PyContext
from bolt_agent.moss.self_updater import SelfUpdater
from bolt_agent.moss.testsuite import MossTestSuite

__all__ = [
    "MOSS_HIDDEN_MARK",
    "MOSS_HIDDEN_UNMARK",
    "MOSS_TYPE_NAME",
    "MOSS_VALUE_NAME",
    "AlreadyExecuting",
    "AttrPrompts",
    "CompilerUsed",
    "DefaultMOSSProvider",
    "DefaultModules",
    "DefaultModulesProvider",
    "Execution",
    "Exporter",
    "Injection",
    "MagicPrompter",
    "ModuleMissing",
    "Modules",
    "Moss",
    "MossCompiler",
    "MossError",
    "MossPrompter",
    "MossRuntime",
    "MossTestSuite",
    "NotInjectable",
    "NotPersistable",
    "PromptAbleClass",
    "PromptAbleObj",
    "PyContext",
    "RuntimeClosed",
    "SelfUpdater",
    "TargetMissing",
    "__is_instance__",
    "__is_subclass__",
    "compile_attr_prompts",
    "format_exec_error",
    "get_moss_compiler",
    "lint_exec_code",
    "moss_container",
    "moss_runtime_ctx",
    "moss_test_suite",
    "outline_class",
    "outline_function",
    "reflect_code_prompt",
]
