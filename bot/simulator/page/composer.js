// The line one writes in: questions, replies, edits, files, commands, inline cards.

import { title } from "./bubble.js";
import { get, post, say, upload } from "./control.js";
import { $, element, scene, toast, words } from "./scene.js";

const INLINE_PAUSE_MS = 300; // cards are asked for when the typing pauses
let about = null; // { message, verb }: what the next text replies to, or changes
let pause;

export function compose() {
  $("form").onsubmit = (event) => { event.preventDefault(); submit(); };
  $("text").oninput = typed;
  $("text").onkeydown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  };
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") settle(); });
  $("commands").onclick = menu;
  $("attach").onclick = () => $("file").click();
  $("file").onchange = async () => {
    for (const file of $("file").files) await upload(file);
    $("file").value = "";
  };
  $("forget").onclick = settle;
}

// Close what is open above the line: menu, cards, the message spoken of.
export function settle() {
  if (about?.verb === "changing") write("");
  about = null;
  $("about").hidden = true;
  $("cards").hidden = true;
  $("menu").hidden = true;
  $("commands").setAttribute("aria-expanded", "false");
  $("text").focus();
}

export function speakOf(message, verb) {
  about = { message, verb };
  $("about-what").textContent = `${words()[verb]} ${title(message)}`;
  $("about").hidden = false;
  if (verb === "changing") write(message.text);
  $("text").focus();
}

export function askInline(query) {
  write(`@${scene.state.bot.username} ${query}`);
  typed();
  $("text").focus();
}

function write(text) {
  $("text").value = text;
  fitHeight();
}

function fitHeight() {
  $("text").style.height = "auto";
  $("text").style.height = `${$("text").scrollHeight + 2}px`; // and its border
}

const inlineQuery = () => {
  const name = `@${scene.state.bot.username} `;
  return $("text").value.startsWith(name) ? $("text").value.slice(name.length) : null;
};

function typed() {
  fitHeight();
  clearTimeout(pause);
  if (inlineQuery() === null) $("cards").hidden = true;
  else pause = setTimeout(showCards, INLINE_PAUSE_MS);
}

async function submit() {
  // In a group the bot may also be called by its name: then the cards are there to be chosen, or not.
  const text = $("text").value.trim();
  if (!text) return;
  if (inlineQuery() !== null && scene.place.chat === scene.user.id) return showCards();
  const spoken = about;
  clearTimeout(pause);
  write("");
  about = null;
  settle();
  if (spoken?.verb === "changing") {
    await post("edit", { chat: spoken.message.chat.id, message: spoken.message.message_id, text });
  } else await say(text, spoken?.message.message_id);
}

async function showCards() {
  const query = inlineQuery();
  if (query === null) return;
  const found = await post("inline", { user: scene.user.id, query });
  if (query !== inlineQuery()) return; // typed on meanwhile
  if (!found.results.length) toast(words().nothing);
  $("cards").replaceChildren(...found.results.map((card) => {
    const choose = element("button", { type: "button" }, element("b", { textContent: card.title }),
      element("span", { textContent: card.description ?? "" }));
    choose.onclick = async () => {
      write("");
      settle();
      const { chat, thread } = scene.place;
      await post("choose", { query_id: found.query_id, result_id: card.id, chat, thread });
    };
    return element("li", {}, choose);
  }));
  $("cards").hidden = !found.results.length;
}

async function menu() {
  if (!$("menu").hidden) return settle();
  const { commands } = await get(`menu?user=${scene.user.id}&chat=${scene.place.chat}`);
  $("menu").replaceChildren(...commands.map(({ command, description }) => {
    const choose = element("button", { type: "button" }, element("b", { textContent: `/${command}` }),
      element("span", { textContent: description }));
    choose.onclick = () => { settle(); return say(`/${command}`); };
    return element("li", {}, choose);
  }));
  $("menu").hidden = false;
  $("commands").setAttribute("aria-expanded", "true");
  $("menu").querySelector("button")?.focus();
}
