// Calls to the simulator's control API, and what is done for a person through it.

import { scene, toast } from "./scene.js";

export const get = async (path) => answer(await fetch(`/control/${path}`));

export const post = async (path, body) => answer(await fetch(`/control/${path}`, {
  method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
}));

async function answer(response) {
  const body = await response.json();
  if (!response.ok) { toast(body.error); throw new Error(body.error); }
  return body;
}

export const fileAddress = (id) => `/control/file?id=${encodeURIComponent(id)}`;

export async function say(text, replyTo) {
  const { user, place } = scene;
  return post("send", { chat: place.chat, user: user.id, text, thread: place.thread, reply_to: replyTo });
}

export async function upload(file) {
  const { user, place } = scene;
  const where = new URLSearchParams({ chat: place.chat, user: user.id, name: file.name });
  where.set("kind", file.type.startsWith("image/") ? "photo" : "document");
  if (place.thread) where.set("thread", place.thread);
  const type = file.type || "application/octet-stream";
  return answer(await fetch(`/control/upload?${where}`, { method: "POST", headers: { "content-type": type }, body: file }));
}
