// A Telegram app for the people of the simulator. Text is always put in as text, never as markup.

const WORDS = {
  ru: { bot: "бот", typing: "печатает…", user: "Кто вы", chat: "Чат", language: "Язык", write: "Сообщение",
    send: "Отправить", file: "Файл", open: "Показать целиком", close: "Свернуть", private: "Личный чат",
    copied: "Скопировано", gone: "Нет связи, пробую снова…", hint: "Спросите обычными словами" },
  en: { bot: "bot", typing: "is typing…", user: "Who you are", chat: "Chat", language: "Language", write: "Message",
    send: "Send", file: "File", open: "Show all", close: "Fold", private: "Private chat",
    copied: "Copied", gone: "No connection, trying again…", hint: "Ask in everyday words" },
  az: { bot: "bot", typing: "yazır…", user: "Siz kimsiniz", chat: "Çat", language: "Dil", write: "Mesaj",
    send: "Göndər", file: "Fayl", open: "Hamısını göstər", close: "Yığ", private: "Şəxsi çat",
    copied: "Kopyalandı", gone: "Əlaqə yoxdur, yenidən cəhd edirəm…", hint: "Adi sözlərlə soruşun" },
};
const $ = (id) => document.getElementById(id);
let state, user, place, timer;

const words = () => WORDS[user?.language_code?.slice(0, 2)] ?? WORDS.ru;

async function get(path) { return answer(await fetch(`/control/${path}`)); }

async function post(path, body) {
  return answer(await fetch(`/control/${path}`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
  }));
}

async function answer(response) {
  const body = await response.json();
  if (!response.ok) { toast(body.error); throw new Error(body.error); }
  return body;
}

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = !text;
  clearTimeout(timer);
  timer = setTimeout(() => { $("toast").hidden = true; }, 4000);
}

// Entities nest, so a stretch of text is split at the first of them and their insides are done again.
function formatted(text, entities, from = 0, to = text.length) {
  const pieces = [];
  let position = from;
  for (let n = 0; n < entities.length; n += 1) {
    const { offset, length } = entities[n];
    if (offset < position || offset >= to) continue;
    pieces.push(text.slice(position, offset));
    const inner = entities.filter((other, m) => m > n && other.offset >= offset && other.offset + other.length <= offset + length);
    pieces.push(wrap(entities[n], formatted(text, inner, offset, offset + length), text.slice(offset, offset + length)));
    position = offset + length;
    // A block ends its line by itself.
    if (entities[n].type.endsWith("blockquote") && text[position] === "\n") position += 1;
  }
  pieces.push(text.slice(position, to));
  return pieces.filter((piece) => piece !== "");
}

function wrap(entity, children, text) {
  const tags = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre" };
  if (entity.type in tags) return element(tags[entity.type], {}, ...children);
  if (entity.type === "blockquote") return element("blockquote", {}, ...children);
  if (entity.type === "expandable_blockquote") return folding(children);
  if (entity.type === "text_link") return link(entity.url, children);
  if (entity.type === "url") return link(text, children);
  if (entity.type === "bot_command") {
    const button = element("a", { href: "#", onclick: (event) => { event.preventDefault(); say(text); } }, ...children);
    return button;
  }
  return element("span", {}, ...children);
}

function folding(children) {
  const quote = element("blockquote", { className: "long" }, ...children);
  const fold = element("button", { type: "button", className: "fold", textContent: words().open });
  fold.onclick = () => {
    quote.classList.toggle("open");
    fold.textContent = quote.classList.contains("open") ? words().close : words().open;
  };
  return element("div", {}, quote, fold);
}

function link(url, children) {
  const anchor = element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
  anchor.onclick = (event) => followed(event, url);
  return anchor;
}

async function followed(event, url) {
  if (!url.includes(`t.me/${state.bot.username}`)) return;
  event.preventDefault();
  const opened = await post("link", { user: user.id, url });
  await enter(String(opened.chat?.id ?? opened.chat ?? user.id));
}

function buttonOf(message, given) {
  if (given.url) {
    const anchor = link(given.url, [given.text]);
    return anchor;
  }
  const made = element("button", { type: "button", textContent: given.text });
  made.onclick = async () => {
    if (given.copy_text) {
      await navigator.clipboard?.writeText(given.copy_text.text).catch(() => {});
      toast(words().copied);
      return;
    }
    made.setAttribute("aria-busy", "true");
    setTimeout(() => made.removeAttribute("aria-busy"), 3000);
    await post("press", { chat: message.chat.id, message: message.message_id, user: user.id, data: given.callback_data });
  };
  return made;
}

function draw(message) {
  const mine = message.from?.id === user.id;
  const bubble = element("div", { className: "bubble" });
  if (!mine && message.chat.type !== "private") bubble.append(element("div", { className: "author", textContent: message.from?.first_name ?? "" }));
  const replied = message.reply_to_message;
  if (replied?.text) bubble.append(element("span", { className: "reply", textContent: replied.text }));
  const picture = message.photo?.at(-1);
  if (picture) bubble.append(element("img", { className: "picture", src: `/control/file?id=${picture.file_id}`, alt: message.caption ?? "" }));
  if (message.document) bubble.append(element("a", { href: `/control/file?id=${message.document.file_id}`, download: message.document.file_name ?? "", textContent: message.document.file_name ?? "" }));
  const text = message.text ?? message.caption ?? "";
  bubble.append(...formatted(text, [...(message.entities ?? message.caption_entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length)));
  bubble.append(element("div", { className: "time", textContent: new Date(message.date * 1000).toLocaleTimeString(user.language_code ?? "ru", { hour: "2-digit", minute: "2-digit" }) }));
  const drawn = element("article", { className: mine ? "message mine" : "message", id: `m${message.message_id}` }, bubble);
  for (const row of message.reply_markup?.inline_keyboard ?? []) {
    drawn.append(element("div", { className: "row" }, ...row.map((each) => buttonOf(message, each))));
  }
  return drawn;
}

function show(message) {
  const old = $(`m${message.message_id}`);
  const drawn = draw(message);
  if (old) old.replaceWith(drawn); else $("messages").append(drawn);
  if (!old) drawn.scrollIntoView({ block: "end" });
}

function places() {
  const list = [{ key: String(user.id), name: words().private, chat: user.id }];
  for (const chat of state.chats) {
    if (chat.type === "private" || !(String(user.id) in chat.members)) continue;
    list.push({ key: String(chat.id), name: chat.title, chat: chat.id });
    for (const topic of chat.topics) list.push({ key: `${chat.id}/${topic.id}`, name: `${chat.title} · ${topic.name}`, chat: chat.id, thread: topic.id });
  }
  return list;
}

async function enter(key) {
  const all = places();
  place = all.find((each) => each.key === key) ?? all[0];
  $("chat").replaceChildren(...all.map((each) => element("option", { value: each.key, textContent: each.name, selected: each === place })));
  const own = words();
  $("title").textContent = place.chat === user.id ? state.bot.first_name : place.name;
  $("status").textContent = own.bot;
  $("text").placeholder = own.hint;
  document.documentElement.lang = user.language_code ?? "ru";
  $("language").value = user.language_code ?? "ru";
  for (const each of document.querySelectorAll("[data-text]")) each.textContent = own[each.dataset.text];
  const thread = place.thread ? `&thread=${place.thread}` : "";
  const messages = await get(`messages?chat=${place.chat}${thread}`).catch(() => []);
  $("messages").replaceChildren(...messages.filter((each) => each.text || each.caption || each.photo || each.document).map(draw));
  $("messages").lastElementChild?.scrollIntoView({ block: "end" });
}

async function say(text) {
  await post("send", { chat: place.chat, user: user.id, text, thread: place.thread });
}

async function submit() {
  const text = $("text").value.trim();
  if (!text) return;
  $("text").value = "";
  const name = `@${state.bot.username} `;
  if (text.startsWith(name)) return inline(text.slice(name.length));
  await say(text);
}

async function inline(query) {
  const found = await post("inline", { user: user.id, query });
  $("cards").replaceChildren(...found.results.map((card) => {
    const choose = element("button", { type: "button" }, card.title, element("span", { textContent: card.description ?? "" }));
    choose.onclick = async () => {
      $("cards").hidden = true;
      await post("choose", { query_id: found.query_id, result_id: card.id, chat: place.chat });
    };
    return element("li", {}, choose);
  }));
  $("cards").hidden = !found.results.length;
}

async function menu() {
  const open = $("menu").hidden;
  $("commands").setAttribute("aria-expanded", String(open));
  $("menu").hidden = !open;
  if (!open) return;
  const { commands } = await get(`menu?user=${user.id}&chat=${place.chat}`);
  $("menu").replaceChildren(...commands.map(({ command, description }) => {
    const choose = element("button", { type: "button" }, element("b", { textContent: `/${command}` }), ` ${description}`);
    choose.onclick = async () => { await menu(); await say(`/${command}`); };
    return element("li", {}, choose);
  }));
}

async function upload(file) {
  const thread = place.thread ? `&thread=${place.thread}` : "";
  const where = `chat=${place.chat}&user=${user.id}&kind=document&caption=&name=${encodeURIComponent(file.name)}${thread}`;
  await answer(await fetch(`/control/upload?${where}`, { method: "POST", headers: { "content-type": file.type || "application/octet-stream" }, body: file }));
}

async function heard({ kind, chat_id: chat, data }) {
  if (kind === "toast" && data.user_id === user.id) toast(data.text);
  if (kind === "chats") { state = await get("state"); return; }
  if (chat !== place.chat) return;
  if ((kind === "message" || kind === "edit") && (!place.thread || data.message_thread_id === place.thread)) {
    $("status").textContent = words().bot;
    show(data);
  }
  if (kind === "delete") $(`m${data.message_id}`)?.remove();
  if (kind === "typing") $("status").textContent = words().typing;
}

async function become(id) {
  user = state.users.find((each) => String(each.id) === id) ?? state.users[0];
  $("user").replaceChildren(...state.users.map((each) => element("option", { value: each.id, textContent: each.first_name, selected: each === user })));
  await enter(String(user.id));
}

async function begin() {
  state = await get("state");
  await become(String(state.users[0]?.id));
  const stream = new EventSource(`/control/events?after=${state.last_event}`);
  stream.onmessage = (event) => heard(JSON.parse(event.data));
  stream.onerror = () => toast(words().gone);
  $("user").onchange = () => become($("user").value);
  $("chat").onchange = () => enter($("chat").value);
  $("language").onchange = async () => {
    user.language_code = $("language").value;
    await post("language", { user: user.id, language_code: user.language_code });
    await enter(place.key);
  };
  $("commands").onclick = menu;
  $("form").onsubmit = (event) => { event.preventDefault(); submit(); };
  $("text").onkeydown = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
  };
  $("file").onchange = async () => { for (const file of $("file").files) await upload(file); $("file").value = ""; };
  if (!$("messages").childElementCount) await say("/start");
  $("text").focus();
}

begin();
