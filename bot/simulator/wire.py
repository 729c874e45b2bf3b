"""Requests as they come over HTTP: query string, JSON, form or multipart, made into one mapping."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from bot.simulator.errors import bad_request

Json: TypeAlias = dict[str, Any]

_NAME = re.compile(r'[; ]name="([^"]*)"')
_FILE_NAME = re.compile(r'filename="([^"]*)"')
_CONTENT_TYPE = re.compile(r"^content-type:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_BOUNDARY = re.compile(r'boundary="?([^";]+)"?')


@dataclass(frozen=True, slots=True)
class Upload:
    """A file inside a multipart request."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class RawCall:
    """Parameters as sent: strings from a form, any JSON value from a JSON body."""

    params: Json
    uploads: Mapping[str, Upload] = field(default_factory=dict)


def read_call(query: str, content_type: str, body: bytes) -> RawCall:
    """Return the parameters of a request; those of the body win over the query string.

    Raises: ApiError if the body is not what its content type says.
    """
    params: Json = dict(parse_qsl(query, keep_blank_values=True))
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        params |= _read_json(body)
    elif kind == "multipart/form-data":
        boundary = _BOUNDARY.search(content_type)
        if boundary is None:
            raise bad_request("multipart body without a boundary")
        fields, uploads = read_multipart(body, boundary[1])
        return RawCall(params | fields, uploads)
    elif body:
        params |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    return RawCall(params)


def _read_json(body: bytes) -> Json:
    """Return the object in a JSON body; an empty body is an empty object."""
    try:
        value = json.loads(body or b"{}")
    except ValueError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(value, dict):
        raise bad_request("can't parse JSON object")
    return value


def read_multipart(body: bytes, boundary: str) -> tuple[dict[str, str], dict[str, Upload]]:
    """Return the text fields and the files of a multipart body.

    Source: RFC 7578.
    """
    fields: dict[str, str] = {}
    uploads: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:]:
        if part.startswith(b"--"):
            break
        head_bytes, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        head = head_bytes.decode()
        name = _NAME.search(head)
        if name is None:
            raise bad_request("multipart part without a name")
        file_name = _FILE_NAME.search(head)
        if file_name is None:
            fields[name[1]] = content.decode()
        else:
            mime = _CONTENT_TYPE.search(head)
            uploads[name[1]] = Upload(
                file_name[1], mime[1] if mime else "application/octet-stream", content
            )
    return fields, uploads
