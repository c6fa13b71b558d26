# ruff: noqa: INP001 - a script, part of no package
"""Answer exported requests with a model of your own, on a Ray cluster with GPUs.

Only checked against the documented interface of Ray 2.60 (`ray.data.llm`), with a stand-in for the engine; it
has not run with a model.

    pip install 'ray[data,llm]>=2.60'
    summarizer batch export seeds/*.txt --model NAME
    python ray_batch.py requests.jsonl answers.jsonl
    summarizer batch import answers.jsonl --model NAME

and again for the next stage, until there is nothing to export. NAME is the model as vLLM finds it; give
--source where its weights lie elsewhere. Without Ray, on one machine, vLLM's own `vllm run-batch` reads and
writes the same files.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ray
from ray.data.llm import build_processor, vLLMEngineProcessorConfig

# What comes back to this process; the stages carry every column of a row along.
COLUMNS = [
    "custom_id",
    "max_tokens",
    "generated_text",
    "num_input_tokens",
    "num_generated_tokens",
    "__inference_error__",
]


def prepared(request: dict[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    """Turn a line of requests.jsonl into a row of the same columns as all others, as Arrow wants it."""
    body = request["body"]
    # vLLM's own default is 16 tokens.
    most = body.get("max_completion_tokens") or body.get("max_tokens") or options.max_tokens
    schema = body.get("response_format", {}).get("json_schema", {}).get("schema")
    return {
        "custom_id": request["custom_id"],
        "messages": [{"role": each["role"], "content": each["content"]} for each in body["messages"]],
        "max_tokens": most,
        "sampling_params": {
            "max_tokens": most,
            "temperature": float(body.get("temperature", options.temperature)),
            # As text: the schemas of two tasks are no two values of one Arrow type.
            "structured_outputs": {"json": json.dumps(schema)} if schema else None,
        },
    }


def answered(row: dict[str, Any], model: str, max_model_len: int) -> dict[str, Any]:
    """Turn a row that came back into a line of the Batch API's output file."""
    if row["__inference_error__"]:
        error = {"code": "inference_error", "message": row["__inference_error__"]}
        return {"custom_id": row["custom_id"], "response": None, "error": error}
    read, written = int(row["num_input_tokens"]), int(row["num_generated_tokens"])
    # The rows do not say why the engine stopped; an answer that fills its limit was cut off.
    is_cut = written >= int(row["max_tokens"]) or read + written >= max_model_len
    body = {
        "id": f"chatcmpl-{row['custom_id']}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": model,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": row["generated_text"]},
                "finish_reason": "length" if is_cut else "stop",
            }
        ],
        "usage": {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written},
    }
    return {
        "custom_id": row["custom_id"],
        "response": {"status_code": 200, "body": body},
        "error": None,
    }


def asked(
    requests: list[dict[str, Any]], model: str, options: argparse.Namespace
) -> Iterator[dict[str, Any]]:
    """Run the requests through the engine and give the rows in the order in which they come back."""
    template = json.loads(options.template)
    efforts = {request["body"].get("reasoning_effort") for request in requests} - {None}
    if len(efforts) == 1:  # chat templates are filled for all rows alike; most know no effort and ignore it
        template.setdefault("reasoning_effort", efforts.pop())
    config = vLLMEngineProcessorConfig(
        model_source=options.source or model,
        engine_kwargs={
            "max_model_len": options.max_model_len,
            "tensor_parallel_size": options.gpus_each,
            "enable_prefix_caching": True,  # the static part of every prompt comes first
        },
        concurrency=options.engines,
        batch_size=options.batch_size,
        chat_template_stage={"chat_template_kwargs": template},
        should_continue_on_error=True,  # one request that fails must not cost the others
    )
    processor = build_processor(config)
    dataset = ray.data.from_items([prepared(request, options) for request in requests])
    yield from processor(dataset).select_columns(COLUMNS).iter_rows()


def main() -> int:
    """Read the requests, ask, and write an answer line for each; 4 if some of them failed."""
    parser = argparse.ArgumentParser(description="Answer exported requests with Ray Data and vLLM.")
    parser.add_argument("requests", type=Path)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--source", help="where the weights are [default: the model the requests name]")
    parser.add_argument("--engines", type=int, default=1, help="engines at work at once")
    parser.add_argument("--gpus-each", type=int, default=1, help="GPUs of one engine")
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--max-model-len", type=int, default=32768, help="tokens of prompt and answer")
    parser.add_argument("--max-tokens", type=int, default=12000, help="tokens of an answer")
    parser.add_argument("--temperature", type=float, default=0.0, help="where a request names none")
    parser.add_argument("--template", default="{}", help='for the chat template: {"enable_thinking": false}')
    options = parser.parse_args()

    with options.requests.open(encoding="utf-8", newline="\n") as file:
        requests = [json.loads(line) for line in file if line.strip()]
    models = sorted({request["body"]["model"] for request in requests})
    if len(models) != 1:
        sys.stderr.write(f"expected requests of one model, found {len(models)}: {', '.join(models)}\n")
        return 2

    failed = 0
    # Under another name until it is whole; what is in it after a crash can be imported as well.
    unfinished = options.answers.with_name(f"{options.answers.name}.part")
    with unfinished.open("w", encoding="utf-8", newline="\n") as file:
        for row in asked(requests, models[0], options):
            line = answered(row, models[0], options.max_model_len)
            failed += line["error"] is not None
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
    unfinished.replace(options.answers)
    sys.stderr.write(f"{len(requests)} requests, {failed} failed\n")
    return 4 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
