// The page: who sits before it, which chat is open, and what happens there as it happens.

import { drawn } from "./bubble.js";
import { askInline, compose, settle, speakOf } from "./composer.js";
import { get, post, say } from "./control.js";
import { $, element, scene, toast, words } from "./scene.js";

const TYPING_MS = 5000; // Source: Bot API, sendChatAction
let typing;

const acts = {
  follow,
  command: (text) => say(text),
  reply: (message) => speakOf(message, "replying"),
  change: (message) => speakOf(message, "changing"),
  inline: askInline,
};

// Return whether the address is the bot's own, which opens here and not in another tab.
function follow(url) {
  const address = new URL(url);
  const isOwn = address.hostname === "t.me" && address.pathname === `/${scene.state.bot.username}`;
  if (isOwn) open(url);
  return isOwn;
}

async function open(url) {
  const opened = await post("link", { user: scene.user.id, url, chat: scene.place.chat });
  if (opened.chat !== scene.place.chat) await enter(String(opened.chat));
}

function places() {
  const list = [{ key: String(scene.user.id), name: words().private, chat: scene.user.id }];
  for (const chat of scene.state.chats) {
    if (chat.type === "private" || !(String(scene.user.id) in chat.members)) continue;
    const general = chat.is_forum ? `${chat.title} · ${words().all}` : chat.title;
    list.push({ key: String(chat.id), name: general, chat: chat.id, isForum: chat.is_forum });
    for (const { id, name } of chat.topics) {
      list.push({ key: `${chat.id}/${id}`, name: `${chat.title} · ${name}`, chat: chat.id, thread: id, isForum: true });
    }
  }
  return list;
}

const options = (list) => list.map(([value, textContent, selected]) => element("option", { value, textContent, selected }));

async function enter(key) {
  const all = places();
  scene.place = all.find((each) => each.key === key) ?? all[0];
  const { place, user } = scene;
  $("chat").replaceChildren(...options(all.map((each) => [each.key, each.name, each === place])));
  $("title").textContent = place.chat === user.id ? scene.state.bot.first_name : place.name;
  speak();
  settle();
  idle();
  const thread = place.thread ? `&thread=${place.thread}` : "";
  const messages = await get(`messages?chat=${place.chat}${thread}`);
  if (place !== scene.place) return; // gone elsewhere meanwhile
  $("messages").replaceChildren(...messages.map((message) => drawn(message, acts)));
  toEnd();
}

// Put the page's own words into the language of the person.
function speak() {
  const own = words();
  document.documentElement.lang = $("language").value = scene.user.language_code ?? "ru";
  $("text").placeholder = own.hint;
  for (const each of document.querySelectorAll("[data-text]")) each.textContent = own[each.dataset.text];
  for (const each of document.querySelectorAll("[data-label]")) {
    each.ariaLabel = each.title = own[each.dataset.label];
  }
}

const toEnd = () => { $("messages").scrollTop = $("messages").scrollHeight; };

function show(message) {
  const old = $(`m${message.message_id}`);
  const fresh = drawn(message, acts);
  if (!old) {
    $("messages").append(fresh);
    toEnd();
    return;
  }
  // An edit must not take the keyboard's place away: the same button is in hand afterwards.
  const pressed = [...old.querySelectorAll("button, a")].indexOf(document.activeElement);
  old.replaceWith(fresh);
  if (pressed >= 0) [...fresh.querySelectorAll("button, a")].at(pressed)?.focus();
}

function idle() {
  clearTimeout(typing);
  $("status").textContent = words().bot;
  $("status").classList.remove("typing");
}

function isTyping() {
  idle();
  $("status").textContent = words().typing;
  $("status").classList.add("typing");
  typing = setTimeout(idle, TYPING_MS);
}

const isHere = (thread) => !scene.place.isForum || (thread ?? undefined) === scene.place.thread;

async function heard({ kind, chat_id: chat, data }) {
  if (kind === "toast" && data.user_id === scene.user.id) toasted(data);
  if (kind === "chats") await meet();
  if (chat !== scene.place.chat) return;
  if (kind === "delete") $(`m${data.message_id}`)?.remove();
  if (!isHere(data.message_thread_id)) return;
  if (kind === "typing") isTyping();
  if (kind === "edit") show(data);
  if (kind === "message") {
    if (data.by_bot) idle();
    show(data);
  }
}

function toasted({ text, url }) {
  for (const busy of document.querySelectorAll("[aria-busy]")) busy.removeAttribute("aria-busy");
  if (text) toast(text);
  if (url) follow(url);
}

// Take in who and which chats there are now; the person and the chat stay as they were.
async function meet() {
  scene.state = await get("state");
  const { users } = scene.state;
  scene.user = users.find(({ id }) => id === scene.user?.id) ?? users[0];
  $("user").replaceChildren(...options(users.map((each) => [each.id, each.first_name, each === scene.user])));
  if (scene.place) {
    const all = places();
    $("chat").replaceChildren(...options(all.map((each) => [each.key, each.name, each.key === scene.place.key])));
  }
}

async function become(id) {
  scene.user = scene.state.users.find((each) => String(each.id) === id);
  await enter(id);
}

function listen() {
  const stream = new EventSource(`/control/events?after=${scene.state.last_event}`);
  let wasGone = false;
  stream.onmessage = (event) => heard(JSON.parse(event.data));
  stream.onerror = () => { wasGone = true; toast(words().gone); };
  // Another simulator may answer at the same address after a restart; its chats are others.
  stream.onopen = () => { if (wasGone) location.reload(); };
}

async function begin() {
  await meet();
  compose();
  await enter(String(scene.user.id));
  listen();
  $("user").onchange = () => become($("user").value);
  $("chat").onchange = () => enter($("chat").value);
  $("language").onchange = async () => {
    scene.user.language_code = $("language").value;
    await post("language", { user: scene.user.id, language_code: scene.user.language_code });
    await enter(scene.place.key);
  };
  if (!$("messages").childElementCount) await say("/start");
}

begin();
