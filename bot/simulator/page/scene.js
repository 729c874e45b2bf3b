// Who sits before the page and where: read by every part of it, set by chat.js only.

import { wordsOf } from "./words.js";

export const scene = { state: null, user: null, place: null };

export const words = () => wordsOf(scene.user);

export const $ = (id) => document.getElementById(id);

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

const TOAST_MS = 4000; // long enough to read a short sentence
let timer;

export function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = !text;
  clearTimeout(timer);
  timer = setTimeout(() => { $("toast").hidden = true; }, TOAST_MS);
}
