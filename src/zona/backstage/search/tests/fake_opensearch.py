"""A small OpenSearch on HTTP: the endpoints that search uses, with the shapes of its documentation.

Indices, aliases, mappings, _bulk, _doc, _refresh and _search with the part of the query language
that is used (bool, multi_match of type phrase and phrase_prefix, term, range, function_score).
What was not refreshed is not found. `fail_with` makes every answer an error of that status.
https://docs.opensearch.org/latest/api-reference/
"""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

Document = dict[str, Any]


class FakeOpensearch:
    """Starts on a free port; `url` is its address."""

    def __init__(self) -> None:
        self.indices: dict[str, dict[str, Any]] = {}
        self.aliases: dict[str, str] = {}
        self.calls: list[str] = []
        self.fail_with = 0
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                sent = self.rfile.read(size).decode()
                path = urlsplit(self.path).path
                fake.calls.append(f"{self.command} {path}")
                status, body = fake.answer(self.command, path.strip("/").split("/"), sent)
                data = b"" if self.command == "HEAD" else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json; charset=UTF-8")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_one

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    # --- endpoints ---

    def answer(self, method: str, path: list[str], sent: str) -> tuple[int, Any]:
        if self.fail_with:
            kinds = {429: "rejected_execution_exception", 503: "cluster_block_exception"}
            return self.fail_with, error(kinds.get(self.fail_with, "exception"), self.fail_with)
        match method, path:
            case ("HEAD" | "GET", ["_alias", name]):
                if name not in self.aliases:
                    return 404, {"error": f"alias [{name}] missing", "status": 404}
                return 200, {self.aliases[name]: {"aliases": {name: {}}}}
            case ("PUT", [index, ("_alias" | "_aliases"), name]):
                # An alias may point to several; moving it is removing the older index.
                self.aliases[name] = index
                return 200, {"acknowledged": True}
            case ("PUT", [index, "_mapping"]):
                self.indices[index]["mappings"] = json.loads(sent)
                return 200, {"acknowledged": True}
            case ("PUT", [index]):
                self.indices[index] = {"settings": json.loads(sent), "new": {}, "docs": {}}
                return 200, {"acknowledged": True, "shards_acknowledged": True, "index": index}
        index = self.aliases.get(path[0], path[0])
        if path[-1] == "_bulk":
            return self.bulk(path[0] if len(path) > 1 else "", sent)
        if index not in self.indices:
            return 404, error("index_not_found_exception", 404)
        held = self.indices[index]
        match method, path[1:]:
            case ("DELETE", []):
                del self.indices[index]
                return 200, {"acknowledged": True}
            case ("HEAD", []):
                return 200, {}
            case ("POST" | "GET", ["_refresh"]):
                held["docs"] = dict(held["new"])
                return 200, {"_shards": {"total": 2, "successful": 1, "failed": 0}}
            case ("DELETE", ["_doc", key]):
                found = held["new"].pop(key, None)
                result = {"_index": index, "_id": key, "result": "deleted"}
                return (200, result) if found else (404, result | {"result": "not_found"})
            case ("POST" | "GET", ["_search"]):
                return 200, self.search(index, json.loads(sent))
        return 400, error("illegal_argument_exception", 400)

    def bulk(self, default: str, sent: str) -> tuple[int, Any]:
        lines, items = sent.strip().split("\n"), []
        for action, source in zip(lines[::2], lines[1::2], strict=True):
            meta = json.loads(action)["index"]
            index = self.aliases.get(meta.get("_index", default), meta.get("_index", default))
            self.indices[index]["new"][meta["_id"]] = json.loads(source)
            items.append({"index": {"_index": index, "_id": meta["_id"], "status": 201}})
        return 200, {"took": 1, "errors": False, "items": items}

    def search(self, index: str, body: dict[str, Any]) -> dict[str, Any]:
        scored = []
        for key, document in self.indices[index]["docs"].items():
            score = score_of(body["query"], document)
            if score is not None:
                scored.append((key, document, score))
        if "sort" in body:
            scored.sort(key=lambda s: (s[1]["date_filter"] or "", int(s[0])), reverse=True)
        else:
            scored.sort(key=lambda s: -s[2])
        hits = [
            {
                "_index": index,
                "_id": key,
                "_score": score,
                "fields": {
                    name: [document[name]]
                    for name in body["docvalue_fields"]
                    if document.get(name) not in (None, "")
                },
            }
            for key, document, score in scored[: body["size"]]
        ]
        return {"took": 1, "timed_out": False, "hits": {"max_score": 1.0, "hits": hits}}


def error(kind: str, status: int) -> dict[str, Any]:
    cause = {"type": kind, "reason": kind.replace("_", " ")}
    return {"error": {"root_cause": [cause], **cause}, "status": status}


# --- the query language ---


def analyse(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", str(text).lower())


def score_of(query: dict[str, Any], document: Document) -> float | None:
    """The score of a document, None when it does not match."""
    ((kind, body),) = query.items()
    return {
        "bool": score_bool,
        "multi_match": score_multi_match,
        "function_score": score_function,
        "term": score_term,
        "range": score_range,
    }[kind](body, document)


def score_bool(body: dict[str, Any], document: Document) -> float | None:
    must = [score_of(part, document) for part in body.get("must", [])]
    inside = [score_of(part, document) for part in body.get("filter", [])]
    if None in must or None in inside:
        return None
    should = [s for part in body.get("should", []) if (s := score_of(part, document)) is not None]
    if len(should) < body.get("minimum_should_match", 0):
        return None
    return sum(filter(None, must)) + sum(should)


def score_multi_match(body: dict[str, Any], document: Document) -> float | None:
    wanted, best = analyse(body["query"]), 0.0
    for field in body["fields"]:
        name, _, boost = field.partition("^")
        held = analyse(document[name])
        for at in range(len(held) - len(wanted) + 1):
            part = held[at : at + len(wanted)]
            begun = body["type"] == "phrase_prefix" and part[-1].startswith(wanted[-1])
            if part[:-1] == wanted[:-1] and (part == wanted or begun):
                best = max(best, float(boost or 1))
    return best or None


def score_term(body: dict[str, Any], document: Document) -> float | None:
    ((name, value),) = body.items()
    held = document.get(name)
    return 1.0 if held == value or (isinstance(held, list) and value in held) else None


def score_range(body: dict[str, Any], document: Document) -> float | None:
    ((name, limits),) = body.items()
    held = document.get(name)
    if held is None:
        return None
    inside = held >= limits.get("gte", held) and ("lt" not in limits or held < limits["lt"])
    return 1.0 if inside else None


def score_function(body: dict[str, Any], document: Document) -> float | None:
    score = score_of(body["query"], document)
    if score is None:
        return None
    for function in body["functions"]:
        if factor := function.get("field_value_factor"):
            score *= document.get(factor["field"], factor["missing"])
        elif score_of(function["filter"], document) is not None:
            score *= function["weight"]
    return score
