"""Traces of frameworks that no format module knows: each ran code twice, and the first time it failed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]

TRACEBACK = (
    'Traceback (most recent call last):\n  File "/w/x.py", line 2, in <module>\n'
    "    print(d[\"close\"])\n          ~^^^^^^^^^\nKeyError: 'close'\n"
)
WRONG, RIGHT, OK, ASKED = 'd = {"a": 1}\nprint(d["close"])', 'd = {"a": 1}\nprint(d["a"])', "1\n", "read the prices"


TRACES: dict[str, Any] = {
    "events of CrewAI": [
        {
            "type": "crew_kickoff_started",
            "crew_name": "quant",
            "inputs": {"topic": "prices"},
            "timestamp": "2026-01-01T00:00:00",
        },
        {
            "type": "agent_execution_started",
            "agent": {"role": "analyst"},
            "task_prompt": ASKED,
            "timestamp": "2026-01-01T00:00:01",
        },
        {
            "type": "tool_usage_started",
            "tool_name": "Code Interpreter",
            "tool_args": {"code": WRONG, "libraries_used": []},
            "agent_role": "analyst",
            "run_attempts": 1,
            "timestamp": "2026-01-01T00:00:02",
        },
        {
            "type": "tool_usage_error",
            "tool_name": "Code Interpreter",
            "tool_args": {"code": WRONG, "libraries_used": []},
            "agent_role": "analyst",
            "error": TRACEBACK,
            "run_attempts": 1,
            "timestamp": "2026-01-01T00:00:03",
        },
        {
            "type": "tool_usage_started",
            "tool_name": "Code Interpreter",
            "tool_args": {"code": RIGHT, "libraries_used": []},
            "agent_role": "analyst",
            "run_attempts": 1,
            "timestamp": "2026-01-01T00:00:04",
        },
        {
            "type": "tool_usage_finished",
            "tool_name": "Code Interpreter",
            "tool_args": {"code": RIGHT, "libraries_used": []},
            "agent_role": "analyst",
            "started_at": "x",
            "finished_at": "y",
            "from_cache": False,
            "output": OK,
            "timestamp": "2026-01-01T00:00:05",
        },
    ],
    "workflow events of LlamaIndex": [
        {
            "__is_pydantic": True,
            "value": {"user_msg": ASKED},
            "qualified_name": "llama_index.core.agent.workflow.workflow_events.AgentInput",
        },
        {
            "__is_pydantic": True,
            "value": {"tool_name": "code_interpreter", "tool_kwargs": {"code": WRONG}, "tool_id": "call_1"},
            "qualified_name": "llama_index.core.agent.workflow.workflow_events.ToolCall",
        },
        {
            "__is_pydantic": True,
            "value": {
                "tool_name": "code_interpreter",
                "tool_kwargs": {"code": WRONG},
                "tool_id": "call_1",
                "tool_output": {
                    "blocks": [{"block_type": "text", "text": TRACEBACK}],
                    "tool_name": "code_interpreter",
                    "raw_input": {"kwargs": {"code": WRONG}},
                    "raw_output": TRACEBACK,
                    "is_error": True,
                },
                "return_direct": False,
            },
            "qualified_name": "llama_index.core.agent.workflow.workflow_events.ToolCallResult",
        },
        {
            "__is_pydantic": True,
            "value": {"tool_name": "code_interpreter", "tool_kwargs": {"code": RIGHT}, "tool_id": "call_2"},
            "qualified_name": "llama_index.core.agent.workflow.workflow_events.ToolCall",
        },
        {
            "__is_pydantic": True,
            "value": {
                "tool_name": "code_interpreter",
                "tool_kwargs": {"code": RIGHT},
                "tool_id": "call_2",
                "tool_output": {
                    "blocks": [{"block_type": "text", "text": OK}],
                    "tool_name": "code_interpreter",
                    "raw_input": {"kwargs": {"code": RIGHT}},
                    "raw_output": OK,
                    "is_error": False,
                },
                "return_direct": False,
            },
            "qualified_name": "llama_index.core.agent.workflow.workflow_events.ToolCallResult",
        },
    ],
    "a chat history of Semantic Kernel": {
        "messages": [
            {
                "metadata": {},
                "content_type": "message",
                "role": "user",
                "items": [{"content_type": "text", "text": ASKED}],
            },
            {
                "metadata": {},
                "content_type": "message",
                "role": "assistant",
                "items": [
                    {
                        "content_type": "function_call",
                        "id": "call_1",
                        "index": 0,
                        "name": "CodeInterpreter-execute_code",
                        "function_name": "execute_code",
                        "plugin_name": "CodeInterpreter",
                        "arguments": json.dumps({"code": WRONG}),
                    }
                ],
                "finish_reason": "tool_calls",
            },
            {
                "metadata": {},
                "content_type": "message",
                "role": "tool",
                "items": [
                    {
                        "content_type": "function_result",
                        "id": "call_1",
                        "name": "CodeInterpreter-execute_code",
                        "function_name": "execute_code",
                        "plugin_name": "CodeInterpreter",
                        "result": f"Error: {TRACEBACK}",
                    }
                ],
            },
            {
                "metadata": {},
                "content_type": "message",
                "role": "assistant",
                "items": [
                    {
                        "content_type": "function_call",
                        "id": "call_2",
                        "name": "CodeInterpreter-execute_code",
                        "function_name": "execute_code",
                        "plugin_name": "CodeInterpreter",
                        "arguments": json.dumps({"code": RIGHT}),
                    }
                ],
            },
            {
                "metadata": {},
                "content_type": "message",
                "role": "tool",
                "items": [
                    {
                        "content_type": "function_result",
                        "id": "call_2",
                        "name": "CodeInterpreter-execute_code",
                        "function_name": "execute_code",
                        "plugin_name": "CodeInterpreter",
                        "result": OK,
                    }
                ],
            },
        ]
    },
    "traces of Bedrock's agents": [
        {
            "agentId": "A",
            "sessionId": "s1",
            "trace": {
                "orchestrationTrace": {
                    "modelInvocationInput": {"text": ASKED, "traceId": "t-0", "type": "ORCHESTRATION"}
                }
            },
        },
        {
            "agentId": "A",
            "sessionId": "s1",
            "trace": {
                "orchestrationTrace": {
                    "invocationInput": {
                        "codeInterpreterInvocationInput": {"code": WRONG, "files": []},
                        "invocationType": "ACTION_GROUP_CODE_INTERPRETER",
                        "traceId": "t-1",
                    }
                }
            },
        },
        {
            "agentId": "A",
            "sessionId": "s1",
            "trace": {
                "orchestrationTrace": {
                    "observation": {
                        "codeInterpreterInvocationOutput": {"executionError": TRACEBACK, "executionTimeout": False},
                        "traceId": "t-1",
                        "type": "ACTION_GROUP_CODE_INTERPRETER",
                    }
                }
            },
        },
        {
            "agentId": "A",
            "sessionId": "s1",
            "trace": {
                "orchestrationTrace": {
                    "invocationInput": {
                        "codeInterpreterInvocationInput": {"code": RIGHT},
                        "invocationType": "ACTION_GROUP_CODE_INTERPRETER",
                        "traceId": "t-2",
                    }
                }
            },
        },
        {
            "agentId": "A",
            "sessionId": "s1",
            "trace": {
                "orchestrationTrace": {
                    "observation": {
                        "codeInterpreterInvocationOutput": {"executionOutput": OK, "executionTimeout": False},
                        "traceId": "t-2",
                        "type": "ACTION_GROUP_CODE_INTERPRETER",
                    }
                }
            },
        },
    ],
    "events of Google's ADK": [
        {
            "id": "e0",
            "invocation_id": "i1",
            "author": "user",
            "timestamp": 1767225600.1,
            "content": {"role": "user", "parts": [{"text": ASKED}]},
        },
        {
            "id": "e1",
            "invocation_id": "i1",
            "author": "coder",
            "timestamp": 1767225601.1,
            "content": {"role": "model", "parts": [{"executable_code": {"code": WRONG, "language": "PYTHON"}}]},
        },
        {
            "id": "e2",
            "invocation_id": "i1",
            "author": "coder",
            "timestamp": 1767225602.1,
            "content": {
                "role": "model",
                "parts": [{"code_execution_result": {"outcome": "OUTCOME_FAILED", "output": TRACEBACK}}],
            },
        },
        {
            "id": "e3",
            "invocation_id": "i1",
            "author": "coder",
            "timestamp": 1767225601.1,
            "content": {"role": "model", "parts": [{"executable_code": {"code": RIGHT, "language": "PYTHON"}}]},
        },
        {
            "id": "e4",
            "invocation_id": "i1",
            "author": "coder",
            "timestamp": 1767225602.1,
            "content": {"role": "model", "parts": [{"code_execution_result": {"outcome": "OUTCOME_OK", "output": OK}}]},
        },
    ],
    "a conversation of Mistral": {
        "object": "conversation.history",
        "conversation_id": "c",
        "entries": [
            {
                "object": "entry",
                "type": "message.input",
                "role": "user",
                "content": ASKED,
                "id": "msg_1",
                "created_at": "2026-01-01T00:00:00Z",
            },
            {
                "object": "entry",
                "type": "tool.execution",
                "name": "code_interpreter",
                "arguments": json.dumps({"code": WRONG}),
                "id": "tool_exec_1",
                "info": {"code": WRONG, "code_output": TRACEBACK},
            },
            {
                "object": "entry",
                "type": "tool.execution",
                "name": "code_interpreter",
                "arguments": json.dumps({"code": RIGHT}),
                "id": "tool_exec_2",
                "info": {"code": RIGHT, "code_output": OK},
            },
        ],
    },
    "messages of Cline": [
        {"ts": 1, "type": "say", "say": "text", "text": ASKED},
        {"ts": 2, "type": "ask", "ask": "command", "text": "python x.py"},
        {"ts": 3, "type": "say", "say": "command_output", "text": TRACEBACK},
        {"ts": 4, "type": "ask", "ask": "command", "text": "python y.py"},
        {"ts": 5, "type": "say", "say": "command_output", "text": OK},
    ],
    "a trace of MLflow": {
        "info": {"trace_id": "tr-1", "state": "OK", "request_preview": ASKED},
        "data": {
            "spans": [
                {
                    "trace_id": "aa",
                    "span_id": "s1",
                    "parent_span_id": None,
                    "name": "agent",
                    "start_time_unix_nano": 1767225600000000000,
                    "end_time_unix_nano": 1767225610000000000,
                    "status": {"code": "STATUS_CODE_OK", "message": ""},
                    "attributes": {"mlflow.spanType": '"AGENT"', "mlflow.spanInputs": json.dumps({"question": ASKED})},
                },
                {
                    "trace_id": "aa",
                    "span_id": "s2",
                    "parent_span_id": "s1",
                    "name": "execute_python",
                    "start_time_unix_nano": 1767225601000000000,
                    "end_time_unix_nano": 1767225602000000000,
                    "status": {"code": "STATUS_CODE_ERROR", "message": "KeyError: 'close'"},
                    "events": [
                        {
                            "name": "exception",
                            "time_unix_nano": 1,
                            "attributes": {
                                "exception.type": "KeyError",
                                "exception.message": "'close'",
                                "exception.stacktrace": TRACEBACK,
                            },
                        }
                    ],
                    "attributes": {"mlflow.spanType": '"TOOL"', "mlflow.spanInputs": json.dumps({"code": WRONG})},
                },
                {
                    "trace_id": "aa",
                    "span_id": "s3",
                    "parent_span_id": "s1",
                    "name": "execute_python",
                    "status": {"code": "STATUS_CODE_OK"},
                    "attributes": {
                        "mlflow.spanType": '"TOOL"',
                        "mlflow.spanInputs": json.dumps({"code": RIGHT}),
                        "mlflow.spanOutputs": json.dumps(OK),
                    },
                },
            ]
        },
    },
    "spans of Braintrust": [
        {
            "id": "1",
            "span_id": "1",
            "root_span_id": "1",
            "span_parents": None,
            "created": "2026-01-01T00:00:00Z",
            "input": ASKED,
            "output": None,
            "span_attributes": {"name": "agent", "type": "task"},
            "metrics": {"start": 1767225600.0},
        },
        {
            "id": "2",
            "span_id": "2",
            "root_span_id": "1",
            "span_parents": ["1"],
            "created": "2026-01-01T00:00:01Z",
            "input": {"code": WRONG},
            "output": None,
            "error": f"KeyError('close')\n\n{TRACEBACK}",
            "span_attributes": {"name": "execute_python", "type": "tool"},
        },
        {
            "id": "3",
            "span_id": "3",
            "root_span_id": "1",
            "span_parents": ["1"],
            "created": "2026-01-01T00:00:02Z",
            "input": {"code": RIGHT},
            "output": OK,
            "error": None,
            "span_attributes": {"name": "execute_python", "type": "tool"},
        },
    ],
    "calls of Weave": [
        {
            "id": "1",
            "project_id": "a/b",
            "op_name": "weave:///a/b/op/agent:x",
            "trace_id": "t",
            "parent_id": None,
            "started_at": "2026-01-01T00:00:00Z",
            "attributes": {},
            "inputs": {"question": ASKED},
            "output": "x",
            "summary": {"status_counts": {"success": 1}},
        },
        {
            "id": "2",
            "project_id": "a/b",
            "op_name": "weave:///a/b/op/run_python:x",
            "trace_id": "t",
            "parent_id": "1",
            "started_at": "2026-01-01T00:00:01Z",
            "attributes": {},
            "inputs": {"code": WRONG},
            "output": None,
            "exception": TRACEBACK,
            "summary": {"status_counts": {"error": 1}},
        },
        {
            "id": "3",
            "project_id": "a/b",
            "op_name": "weave:///a/b/op/run_python:x",
            "trace_id": "t",
            "parent_id": "1",
            "started_at": "2026-01-01T00:00:02Z",
            "attributes": {},
            "inputs": {"code": RIGHT},
            "output": OK,
            "exception": None,
        },
    ],
    "commands with what they printed": [
        {"event": "message_send", "properties": {"main_model": "m"}, "time": 1767225600},
        {"role": "user", "content": ASKED},
        {"kind": "run", "cmd": "python x.py", "exit_status": 1, "combined": TRACEBACK},
        {"kind": "run", "cmd": "python y.py", "exit_status": 0, "combined": OK},
    ],
    "a session of OpenCode": {
        "info": {"id": "ses_1"},
        "messages": [
            {"info": {"id": "msg_0", "role": "user", "sessionID": "ses_1"}, "parts": [{"type": "text", "text": ASKED}]},
            {
                "info": {"id": "msg_1", "role": "assistant", "sessionID": "ses_1", "modelID": "m"},
                "parts": [
                    {
                        "id": "prt_1",
                        "type": "tool",
                        "callID": "call_1",
                        "tool": "bash",
                        "state": {
                            "status": "completed",
                            "input": {"command": "python x.py", "description": "run"},
                            "output": TRACEBACK,
                            "title": "run",
                            "metadata": {"output": TRACEBACK, "exit": 1},
                            "time": {"start": 1767225600000, "end": 1767225601000},
                        },
                    },
                    {
                        "id": "prt_2",
                        "type": "tool",
                        "callID": "call_2",
                        "tool": "bash",
                        "state": {
                            "status": "completed",
                            "input": {"command": "python y.py"},
                            "output": OK,
                            "metadata": {"output": OK, "exit": 0},
                        },
                    },
                ],
            },
        ],
    },
    "messages of Haystack": [
        {"_role": "user", "_content": [{"text": ASKED}]},
        {
            "_role": "assistant",
            "_content": [{"tool_call": {"tool_name": "python", "arguments": {"code": WRONG}, "id": "c1"}}],
        },
        {
            "_role": "tool",
            "_content": [
                {
                    "tool_call_result": {
                        "result": TRACEBACK,
                        "origin": {"tool_name": "python", "arguments": {"code": WRONG}, "id": "c1"},
                        "error": True,
                    }
                }
            ],
        },
        {
            "_role": "assistant",
            "_content": [{"tool_call": {"tool_name": "python", "arguments": {"code": RIGHT}, "id": "c2"}}],
        },
        {
            "_role": "tool",
            "_content": [
                {
                    "tool_call_result": {
                        "result": OK,
                        "origin": {"tool_name": "python", "arguments": {"code": RIGHT}, "id": "c2"},
                        "error": False,
                    }
                }
            ],
        },
    ],
    "a run of Agno": {
        "run_id": "r",
        "session_id": "s",
        "agent_id": "a",
        "content": "x",
        "messages": [],
        "tools": [
            {
                "tool_call_id": "c1",
                "tool_name": "run_python_code",
                "tool_args": {"code": WRONG},
                "tool_call_error": True,
                "result": TRACEBACK,
                "metrics": {"duration": 1},
            },
            {
                "tool_call_id": "c2",
                "tool_name": "run_python_code",
                "tool_args": {"code": RIGHT},
                "tool_call_error": False,
                "result": OK,
            },
        ],
    },
    "a trajectory of DSPy": {
        "question": ASKED,
        "trajectory": {
            "thought_0": "x",
            "tool_name_0": "python",
            "tool_args_0": {"code": WRONG},
            "observation_0": f"Execution error in python: {TRACEBACK}",
            "thought_1": "y",
            "tool_name_1": "python",
            "tool_args_1": {"code": RIGHT},
            "observation_1": OK,
        },
    },
}
NO_REQUEST = {  # where nothing beside the run says whose words these are
    "traces of Bedrock's agents", "spans of Braintrust", "a run of Agno", "messages of Cline", "a trace of MLflow",
}  # fmt: skip
COMMANDS = {"messages of Cline", "commands with what they printed", "a session of OpenCode"}


@pytest.mark.parametrize("name", TRACES)
def test_the_one_failure_of_two_runs_is_found_in(name: str, write: Write, scanned: Scanned) -> None:
    trace = TRACES[name]
    for file in ("a.jsonl", "a.json"):
        if file == "a.jsonl" and isinstance(trace, list):
            path = write(file, trace)
        else:
            path = write(file, json.dumps(trace, indent=1))
        result = scanned(path)
        (failure,) = result.failures
        assert (failure.fault.type, failure.fault.message) == ("KeyError", "'close'")
        assert failure.fault.code == ("python x.py" if name in COMMANDS else WRONG)
        assert (result.executions, result.tool_calls) == (2, 2)
        assert failure.user_request == (None if name in NO_REQUEST else ASKED)


def test_a_team_that_says_its_code_and_runs_it_is_read_from_its_saved_state(write: Write, scanned: Scanned) -> None:
    said = [
        {"source": "user", "content": ASKED, "type": "TextMessage"},
        {"source": "coder", "content": f"```python\n{WRONG}\n```", "type": "TextMessage"},
        {"source": "executor", "type": "TextMessage", "content": (
            f"The script ran, then exited with an error (POSIX exit code: 1)\nIts output was:\n{TRACEBACK}"
        )},
        {"source": "coder", "content": f"```python\n{RIGHT}\n```", "type": "TextMessage"},
        {"source": "executor", "result": {"exit_code": 0, "output": OK}, "type": "CodeExecutionEvent"},
    ]  # fmt: skip
    manager = {"type": "RoundRobinManagerState", "message_thread": said, "current_turn": 0}
    write("a.json", json.dumps({"type": "TeamState", "agent_states": {"manager": manager}}, indent=1))
    (failure,) = scanned().failures
    assert (failure.fault.type, failure.fault.code, failure.user_request) == ("KeyError", f"{WRONG}\n", ASKED)
    assert failure.pointer == "/agent_states/manager/message_thread/2"


def test_an_assistants_saved_state_is_read(write: Write, scanned: Scanned) -> None:
    said = [
        {"content": ASKED, "source": "user", "type": "UserMessage"},
        {"content": [{"id": "c1", "arguments": json.dumps({"code": WRONG}), "name": "python"}], "source": "coder",
         "type": "AssistantMessage"},
        {"content": [{"content": TRACEBACK, "name": "python", "call_id": "c1", "is_error": True}],
         "type": "FunctionExecutionResultMessage"},
    ]  # fmt: skip
    write("a.json", json.dumps({"type": "AssistantAgentState", "llm_context": {"messages": said}}, indent=1))
    (failure,) = scanned().failures
    assert (failure.fault.type, failure.fault.code, failure.user_request) == ("KeyError", WRONG, ASKED)
