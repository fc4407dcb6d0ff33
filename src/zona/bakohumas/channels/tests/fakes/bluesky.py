"""A server of the AT Protocol (PDS) as its lexicons tell it, with the odd 500 of the real one."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import regex

from .server import Answer, Call, Fake

DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
HANDLE = "kpucontoh.bsky.social"
PASSWORD = "abcd-efgh-ijkl-mnop"
CID = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"
BLOB = "bafkreibjfgx2gprinfvicegelk5kosd6y2frmqpqzwqkg7usac74l3t2v4"


def error(status: int, name: str, text: str, **headers: str) -> Answer:
    return Answer({"error": name, "message": text}, status, headers)


EXPIRED = error(400, "ExpiredToken", "Token has expired")


def limited(seconds: int = 200) -> Answer:
    headers = {"limit": "30", "remaining": "0", "policy": "30;w=300"}
    headers["reset"] = str(int(time.time()) + seconds)
    said = {f"ratelimit-{name}": value for name, value in headers.items()}
    return error(429, "RateLimitExceeded", "Rate Limit Exceeded", **said)


def token(seconds: int) -> str:
    """A JWT that ends in so many seconds; its signature is not looked at."""

    def part(content: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")

    head = {"alg": "ES256K", "typ": "at+jwt"}
    body = {"scope": "com.atproto.appPass", "sub": DID, "exp": int(time.time()) + seconds}
    return f"{part(head)}.{part(body | {'iat': int(time.time())})}.c2lnbmF0dXJl"


class FakeBluesky(Fake):
    kind = "bluesky"

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.life = 7200  # seconds of an access token
        self.blobs: list[bytes] = []

    def answer(self, call: Call) -> Answer:
        method = call.path.removeprefix("/xrpc/")
        if method == "com.atproto.server.createSession":
            if (call.form.get("identifier"), call.form.get("password")) != (HANDLE, PASSWORD):
                return error(401, "AuthenticationRequired", "Invalid identifier or password")
            return Answer(self.session())
        if call.token.count(".") != 2:
            return error(401, "AuthMissing", "Authentication Required")
        match method:
            case "com.atproto.server.refreshSession":
                self.life = 7200
                return Answer(self.session())
            case "com.atproto.server.getSession":
                return Answer({"handle": HANDLE, "did": DID, "active": True})
            case "com.atproto.repo.uploadBlob":
                if len(call.body) > 5_000_000:
                    return error(413, "PayloadTooLarge", "request entity too large")
                self.blobs.append(call.body)
                kind = call.headers["content-type"]
                blob = {"$type": "blob", "ref": {"$link": BLOB}, "mimeType": kind}
                return Answer({"blob": blob | {"size": len(call.body)}})
            case "com.atproto.repo.createRecord":
                return self.create(call.form)
            case "com.atproto.repo.getRecord":
                if post := self.posts.get(call.form["rkey"]):
                    return Answer({"uri": uri(call.form["rkey"]), "cid": CID, "value": post})
                said = f"Could not locate record: {uri(call.form['rkey'])}"
                return error(400, "RecordNotFound", said)
            case "com.atproto.repo.deleteRecord":
                if self.posts.pop(call.form["rkey"], None):
                    self.deleted.append(call.form["rkey"])
                return Answer({})  # a record that is not there is no error
        return error(501, "MethodNotImplemented", "Method Not Implemented")

    def create(self, form: dict[str, Any]) -> Answer:
        record, name = form["record"], form.get("rkey", "")
        text = record["text"]
        if not regex.fullmatch("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}", name):
            return error(400, "InvalidRequest", "Invalid record key: expected a TID")
        if len(regex.findall(r"\X", text)) > 300:
            said = "Invalid app.bsky.feed.post record: Record/text must not be longer than 300"
            return error(400, "InvalidRequest", f"{said} graphemes")
        if len(text.encode()) > 3000:
            return error(400, "InvalidRequest", "Record/text must not be longer than 3000")
        embed = record.get("embed") or {}
        for image in [i["image"] for i in embed.get("images", ())] + [
            i for i in [embed.get("external", {}).get("thumb")] if i
        ]:
            if image["size"] > 1_000_000:
                return error(400, "BlobTooLarge", "This file is too large. It is 1.2MB but the"
                             " maximum size is 1MB.")  # fmt: skip
        if name in self.posts:
            return error(500, "InternalServerError", "Internal Server Error")
        self.posts[name] = record
        commit = {"cid": CID, "rev": "3jzfcijpj2z2a"}
        return Answer({"uri": uri(name), "cid": CID, "commit": commit})

    def session(self) -> dict[str, Any]:
        service = {
            "id": "#atproto_pds",
            "type": "AtprotoPersonalDataServer",
            "serviceEndpoint": self.url,
        }
        document = {
            "@context": ["https://www.w3.org/ns/did/v1"],
            "id": DID,
            "alsoKnownAs": [f"at://{HANDLE}"],
            "verificationMethod": [],
            "service": [service],
        }
        tokens = {"accessJwt": token(self.life), "refreshJwt": token(5_000_000)}
        return {"handle": HANDLE, "did": DID, "active": True, "didDoc": document, **tokens}


def uri(name: str) -> str:
    return f"at://{DID}/app.bsky.feed.post/{name}"
