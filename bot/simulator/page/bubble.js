// One message as it looks in the chat: bubble, quoted line, picture or file, rows of buttons.

import { fileAddress, post } from "./control.js";
import { formatted, link } from "./entities.js";
import { element, scene, toast, words } from "./scene.js";

const SPIN_MS = 10000; // an unanswered button stops spinning by itself
const SHOWN = ["text", "caption", "photo", "document", "sticker", "voice"];

// `acts`: follow(url), command(text), reply(message), change(message), inline(query).
export function drawn(message, acts) {
  if (!SHOWN.some((field) => field in message)) return service(message);
  const mine = message.from?.id === scene.user.id;
  const box = element("article", { className: mine ? "message mine" : "message", id: `m${message.message_id}` });
  box.append(bubble(message, mine, acts));
  for (const row of message.reply_markup?.inline_keyboard ?? []) {
    box.append(element("div", { className: "row" }, ...row.map((given) => buttonOf(message, given, acts))));
  }
  box.append(tools(message, mine, acts));
  return box;
}

function service(message) {
  const text = message.forum_topic_created ? `${words().topic}: ${message.forum_topic_created.name}`
    : message.new_chat_members ? words().joined : "";
  return element("p", { className: "service", id: `m${message.message_id}`, textContent: text, hidden: !text });
}

function bubble(message, mine, acts) {
  const made = element("div", { className: "bubble" });
  if (!mine && message.chat.type !== "private") {
    made.append(element("div", { className: "author", textContent: message.from?.first_name ?? message.chat.title ?? "" }));
  }
  const replied = message.reply_to_message;
  if (replied && !replied.forum_topic_created) made.append(quoted(replied));
  const picture = message.photo?.at(-1);
  const text = message.text ?? message.caption ?? "";
  if (picture) made.append(element("img", { className: "picture", src: fileAddress(picture.file_id), alt: text || words().picture }));
  if (message.document) made.append(attached(message.document));
  if (message.sticker || message.voice) made.append(message.sticker?.emoji ?? "🎤");
  made.append(...formatted(text, message.entities ?? message.caption_entities ?? [], acts));
  made.append(element("div", { className: "time", textContent: moment(message) }));
  return made;
}

function moment({ date, edit_date: editedAt, by_bot: byBot }) {
  const time = new Date(date * 1000).toLocaleTimeString(scene.user.language_code ?? "ru", { hour: "2-digit", minute: "2-digit" });
  return editedAt && !byBot ? `${words().edited} ${time}` : time;
}

function quoted(message) {
  const line = element("button", { type: "button", className: "reply", textContent: title(message) });
  line.onclick = () => document.getElementById(`m${message.message_id}`)?.scrollIntoView({ block: "center" });
  return line;
}

// What a message is called where it is only referred to.
export const title = (message) => message.text ?? message.caption ?? message.document?.file_name ?? words().picture;

function attached(file) {
  const name = file.file_name ?? words().file;
  const size = file.file_size ? ` · ${Math.ceil(file.file_size / 1024)} KB` : "";
  return element("a", { className: "attached", href: fileAddress(file.file_id), download: name }, "📎 ", name, size);
}

function buttonOf(message, given, acts) {
  if (given.url) return link(given.url, [given.text], acts.follow);
  const made = element("button", { type: "button", textContent: given.text });
  made.onclick = async () => {
    if (given.copy_text) return copied(given.copy_text.text);
    const query = given.switch_inline_query_current_chat ?? given.switch_inline_query;
    if (query !== undefined) return acts.inline(query);
    made.setAttribute("aria-busy", "true");
    setTimeout(() => made.removeAttribute("aria-busy"), SPIN_MS);
    await post("press", { chat: message.chat.id, message: message.message_id, user: scene.user.id, data: given.callback_data });
  };
  return made;
}

async function copied(text) {
  await navigator.clipboard.writeText(text);
  toast(words().copied);
}

function tools(message, mine, acts) {
  const tool = (label, sign, act) => element("button", { type: "button", title: label, ariaLabel: label, textContent: sign, onclick: act });
  const box = element("div", { className: "tools" }, tool(words().reply, "↩", () => acts.reply(message)));
  if (mine && message.text) box.append(tool(words().change, "✎", () => acts.change(message)));
  return box;
}
