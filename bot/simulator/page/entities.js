// A message's text with its formatting. Text is always put in as text, never as markup.

import { element, words } from "./scene.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre" };

// What an address may begin with; anything else, such as "javascript:", is shown but leads nowhere.
const SCHEMES = /^(https?|tg|mailto):/i;

// `follow(url)` is called for links, `command(text)` for commands in the text.
export function formatted(text, entities, acts) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nested(text, sorted, acts, 0, text.length);
}

// Entities nest, so a stretch of text is split at the outermost and their insides are done again.
function nested(text, entities, acts, from, to) {
  const pieces = [];
  let position = from;
  entities.forEach((entity, n) => {
    const start = entity.offset, stop = entity.offset + entity.length;
    if (start < position || start >= to) return;
    pieces.push(text.slice(position, start));
    const inside = entities.slice(n + 1).filter((e) => e.offset >= start && e.offset + e.length <= stop);
    pieces.push(wrapped(entity, text.slice(start, stop), nested(text, inside, acts, start, stop), acts));
    position = stop;
    // A block ends its line by itself.
    if (entity.type.endsWith("blockquote") && text[position] === "\n") position += 1;
  });
  pieces.push(text.slice(position, to));
  return pieces.filter((piece) => piece !== "");
}

function wrapped({ type, url }, text, children, acts) {
  if (type in TAGS) return element(TAGS[type], {}, ...children);
  if (type === "blockquote") return element("blockquote", {}, ...children);
  if (type === "expandable_blockquote") return folding(children);
  if (type === "text_link") return link(url, children, acts.follow);
  if (type === "url") return link(/^\w+:/.test(text) ? text : `https://${text}`, children, acts.follow);
  if (type === "email") return link(`mailto:${text}`, children, acts.follow);
  if (type === "bot_command") {
    return element("button", { type: "button", className: "command", onclick: () => acts.command(text) }, ...children);
  }
  return element("span", { className: type === "spoiler" ? "spoiler" : "" }, ...children);
}

export function link(url, children, follow) {
  if (!SCHEMES.test(url)) return element("span", {}, ...children);
  const anchor = element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
  anchor.onclick = (event) => { if (follow(url)) event.preventDefault(); };
  return anchor;
}

function folding(children) {
  const quote = element("blockquote", { className: "long" }, ...children);
  const fold = element("button", { type: "button", className: "fold" });
  const label = (open) => {
    quote.classList.toggle("open", open);
    fold.textContent = open ? words().close : words().open;
    fold.setAttribute("aria-expanded", String(open));
  };
  fold.onclick = () => label(!quote.classList.contains("open"));
  label(false);
  const box = element("div", { className: "folding" }, quote, fold);
  // Three lines that are all there is need no button; that is known once the quote has its size.
  new ResizeObserver(() => {
    if (!quote.classList.contains("open")) fold.hidden = quote.scrollHeight <= quote.clientHeight + 1;
  }).observe(quote);
  return box;
}
