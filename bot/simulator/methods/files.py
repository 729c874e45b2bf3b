"""Sending documents and photos, and the way to download what people sent."""

from bot.simulator.compose import compose_caption
from bot.simulator.errors import ApiError, bad_request
from bot.simulator.files import (
    DOWNLOAD_LIMIT_BYTES,
    PHOTO_LIMIT_BYTES,
    UPLOAD_LIMIT_BYTES,
    StoredFile,
    image_size,
)
from bot.simulator.methods.call import Call, Method
from bot.simulator.methods.messages import send
from bot.simulator.wire import Json


def send_document(call: Call) -> Json:
    """Return the message with the document."""
    file = _file(call, "document", UPLOAD_LIMIT_BYTES)
    content = compose_caption(call.params, call.tell) | {"document": document_json(file)}
    return send(call, content, file).to_json()


def send_photo(call: Call) -> Json:
    """Return the message with the photo.

    Raises: ApiError 400 if it is not a picture, or has no sensible size.
    """
    file = _file(call, "photo", PHOTO_LIMIT_BYTES)
    content = compose_caption(call.params, call.tell) | {"photo": photo_json(file)}
    return send(call, content, file).to_json()


def document_json(file: StoredFile) -> Json:
    """Return the Bot API's `Document`."""
    return file.to_json() | {"file_name": file.name, "mime_type": file.mime}


def photo_json(file: StoredFile) -> list[Json]:
    """Return the sizes of a photo; here there is one.

    Raises: ApiError 400. Source: Bot API, sendPhoto (sides at most 10000 in sum, ratio at most 20).
    """
    size = image_size(file.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if min(size) <= 0 or width + height > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return [file.to_json() | {"width": width, "height": height}]


def _file(call: Call, name: str, limit_bytes: int) -> StoredFile:
    """Return the file of a parameter: uploaded, or known by its id."""
    value: str = call.params[name]
    if value.startswith("attach://"):
        upload = call.uploads.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {name} in the request")
        if len(upload.content) > limit_bytes:
            raise ApiError(413, "Request Entity Too Large")
        if not upload.content:
            raise bad_request("file must be non-empty")
        return call.state.files.add(upload.name, upload.mime, upload.content, kind=name)
    if "://" in value:
        call.tell(f"{name} by URL: the simulator fetches nothing")
        raise bad_request("failed to get HTTP URL content")
    found = call.state.files.find(value)
    if found is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return found


def get_file(call: Call) -> Json:
    """Return where a file can be downloaded.

    Raises: ApiError 400 for an unknown one and for one of more than 20 MB.
    """
    file = call.state.files.find(call.params["file_id"])
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > DOWNLOAD_LIMIT_BYTES:
        raise bad_request("file is too big")
    return file.to_json() | {"file_path": file.path}


METHODS: dict[str, Method] = {
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "getFile": get_file,
}
