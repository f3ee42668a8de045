// The article page: choosing a fact, deciding with one click or one key, and bringing the page up to date.
// Decisions are sent one after the other in the background; nothing on the page waits for them.

import { languageAt, select, selected, showEvidence } from "./text.js";
import { chooseFact, chooseType, fields, h, help, named } from "./dialogs.js";

const data = JSON.parse(document.getElementById("data").textContent);
const { facts, words, lang } = data;
const digits = (text) => (lang === "fa" && !/[A-Za-z]/.test(text) ? String(text).replace(/[0-9]/g, (d) => "۰۱۲۳۴۵۶۷۸۹"[d]) : String(text));
const t = (key, ...values) => values.reduce((text, value) => text.replace("{}", digits(value)), words[key] ?? key);
const coded = (code) => words[`c.${code}`] ?? code.replaceAll("_", " ");
const percent = (share) => `${digits(Math.round((share ?? 0) * 100))}${lang === "fa" ? "٪" : "%"}`;
const $ = (id) => document.getElementById(id);
const here = `/a/${encodeURIComponent(data.article)}`;

let chosen = null; // {id, span: [start, end] | null, row: element | null, spans}
let chosenWords = null; // the last selection in the text
let tab = "text";
const dirty = new Set();

// ── showing ──────────────────────────────────────────────────────────────────────────────────────────────────

function toast(text, bad = false) {
  const place = $("toast");
  place.className = bad ? "bad" : "";
  place.textContent = text;
  clearTimeout(toast.timer);
  if (!bad) toast.timer = setTimeout(() => { place.textContent = ""; }, 4000);
}

const kindName = (fact) => t(fact.layer === "entities" ? `t.${fact.kind}` : `t.${fact.kind}`);
const kindClass = (fact) => `k-${fact.kind.toLowerCase()}`;
const marksOf = (id) => [...document.querySelectorAll(`mark[data-f="${CSS.escape(id)}"]`)];
const spanOf = (mark) => mark.dataset.s.split("-").map(Number);

function choose(next, { scroll = true } = {}) {
  chosen = next;
  for (const mark of document.querySelectorAll("mark.cur, mark.hot")) mark.classList.remove("cur", "hot");
  for (const row of document.querySelectorAll(".item.cur")) row.classList.remove("cur");
  const fact = next && next.id ? facts[next.id] : null;
  if (next && next.row) {
    next.row.classList.add("cur");
    if (scroll) next.row.scrollIntoView({ block: "nearest" });
  }
  if (fact) light(next, scroll);
  showEvidence(fact ? evidenceOf(fact) : []);
  drawCard(fact);
}

function light(next, scroll) {
  const marks = marksOf(next.id);
  for (const mark of marks) mark.classList.add("hot");
  if (!next.span) return;
  const key = next.span.join("-");
  const mine = marks.filter((mark) => mark.dataset.s === key);
  for (const mark of mine) mark.classList.add("cur");
  if (!mine.length) return;
  if (scroll) mine[0].scrollIntoView({ block: "nearest" });
  const column = mine[0].closest(".col");
  const other = marks.find((mark) => mark.closest(".col") !== column);
  const pane = other && other.closest(".col");
  if (pane && pane.scrollHeight > pane.clientHeight + 4) pane.scrollTop = other.offsetTop - pane.offsetTop - pane.clientHeight / 3;
}

const evidenceOf = (fact) => [
  ...(fact.evidence ? [fact.evidence] : []),
  ...(fact.properties || []).map((p) => p.evidence),
  ...(fact.relations || []).map((r) => r.evidence),
  ...(fact.origin || []).map((o) => o[1]).filter(Boolean),
];

function drawCard(fact) {
  const card = $("card");
  if (!card) return;
  if (!fact) {
    card.replaceChildren(h("p", { class: "empty" }, t(chosen && chosen.spans ? "chosen" : "choose")));
    drawActions(null);
    return;
  }
  const list = [];
  const line = (label, ...content) => list.push(h("dt", {}, label), h("dd", {}, ...content));
  const count = fact.mentions.length;
  const at = chosen.span ? fact.mentions.findIndex((m) => m[0] === chosen.span[0] && m[1] === chosen.span[1]) : -1;
  const mention = at >= 0 ? fact.mentions[at] : null;
  if (count) line(t("mentions"), at >= 0 ? t("mention.of", at + 1, count) : digits(count));
  const sure = (mention && mention[3]) ?? fact.confidence;
  const method = (mention && mention[4]) || fact.method;
  line(t("confidence"), percent(sure), fact.low ? ` (${t("low")})` : "");
  if (method) line(t("method"), h("bdi", { dir: "ltr", lang: "en" }, method));
  if (fact.layer === "entities" || fact.layer === "systems") line(t("counterpart"), fact.link ? h("bdi", { dir: "ltr", lang: "en" }, fact.link) : t("no.counterpart"));
  if (fact.value) {
    line(t("gregorian"), h("span", { dir: "ltr" }, digits(fact.value.edtf ?? "–")));
    if (fact.value.solar) line(t("jalali"), h("span", { dir: "ltr" }, digits(fact.value.solar)));
    if (fact.value.calendar === "hijri" && fact.value.native) line(t("hijri"), h("span", { dir: "ltr" }, digits(fact.value.native)));
    line(t("calendar"), t(fact.value.calendar));
  }
  if (fact.sort && fact.layer === "systems") line(t("kind"), (lang === "fa" && fact.sort_fa) || fact.sort);
  if (fact.date) line(t("when"), h("span", { dir: "ltr" }, digits(fact.date)));
  if (fact.layer === "timeline") line(t("type"), coded(fact.sort));
  for (const who of fact.who || []) line(t("participants"), jump(who));
  for (const [country] of fact.origin || []) line(t("origin"), h("bdi", { dir: "ltr" }, country));
  for (const p of fact.properties || []) line(p.name, part(fact, p, `${p.value}${p.unit ? ` ${p.unit}` : ""}`));
  for (const r of fact.relations || []) line(coded(r.type), jump(r.target), part(fact, r, ""));
  card.replaceChildren(
    h("span", { class: `chip ${kindClass(fact)}` }, kindName(fact)),
    h("h2", {}, fact.en ? named(fact.en, "en") : "", fact.fa ? named(fact.fa, "fa") : ""),
    h("dl", {}, ...list));
  drawActions(fact);
}

const jump = (id) => {
  const other = facts[id];
  if (!other) return h("bdi", {}, id);
  return h("button", { type: "button", class: "small", onclick: () => choose({ id, span: firstSpan(id), row: null }) }, other.en || other.fa || id);
};
const firstSpan = (id) => (facts[id] && facts[id].mentions.length ? facts[id].mentions[0].slice(0, 2) : null);

function part(fact, item, text) {
  const act = (action) => decide({ do: action, layer: "systems", fact: chosen.id, part: item.part });
  return h("span", {}, h("bdi", { dir: "ltr" }, text), " ",
    data.readOnly ? "" : h("span", { class: "acts" },
      h("button", { type: "button", class: "small", "aria-label": `${t("accept")}: ${item.name || item.type}`, onclick: () => act("accept") }, item.confidence === 1 ? "✓" : t("accept")),
      h("button", { type: "button", class: "small", "aria-label": `${t("reject")}: ${item.name || item.type}`, onclick: () => act("reject") }, t("reject")),
      item.name ? h("button", { type: "button", class: "small", "aria-label": `${t("edit")}: ${item.name}`, onclick: () => editPart(item) }, t("edit")) : ""));
}

async function editPart(item) {
  const id = chosen.id;
  const said = await fields(t, `${t("edit")}: ${item.name}`, [["value", t("value"), item.value], ["unit", t("unit"), item.unit]]);
  if (!said) return;
  const number = Number(said.value);
  const fresh = { value: said.value.trim() !== "" && Number.isFinite(number) ? number : said.value };
  if ((said.unit || null) !== (item.unit || null)) fresh.unit = said.unit || null;
  decide({ do: "edit", layer: "systems", fact: id, part: item.part, new: fresh });
}

// ── what can be decided ──────────────────────────────────────────────────────────────────────────────────────

const isMention = () => Boolean(chosen && chosen.span && tab === "text" && chosen.id);
const canNothing = () => data.readOnly;
const KEYS = {
  a: "accept", A: "accept.all", r: "reject", R: "reject.all", e: "retype", b: "boundary", n: "add", l: "link", u: "unlink", m: "merge",
  s: "split", d: "date", i: "edit", c: "note", z: "undo",
};
// On a Persian keyboard the same keys give other letters.
const PERSIAN = { "ش": "a", "ق": "r", "ث": "e", "ذ": "b", "د": "n", "م": "l", "ع": "u", "ئ": "m", "پ": "m", "س": "s", "ی": "d", "ه": "i", "ز": "c", "ظ": "z", "ت": "j", "ن": "k", "؟": "?" };

function possible(fact) {
  if (!fact) return chosen && chosen.spans ? ["accept", "reject", "link", "unlink", "note"] : ["add", "note"];
  switch (fact.layer) {
    case "entities": return ["accept", "reject", "accept.all", "reject.all", "retype", "boundary", "add", "split", "link", "unlink", "merge", "edit", "note"];
    case "systems": return ["accept", "reject", "accept.all", "reject.all", "boundary", "add", "split", "link", "unlink", "merge", "edit", "note"];
    case "dates": return ["accept", "reject", "accept.all", "reject.all", "date", "boundary", "add", "merge", "link", "unlink", "note"];
    default: return ["accept", "reject", "edit", "note"];
  }
}

function drawActions(fact) {
  const keyOf = Object.fromEntries(Object.entries(KEYS).map(([key, name]) => [name, key]));
  $("actions").replaceChildren(...possible(fact).map((name) =>
    h("button", { type: "button", "data-do": name, class: `act-${name.split(".")[0]}`, disabled: canNothing(), "aria-keyshortcuts": keyOf[name] },
      h("span", {}, t(name)), h("kbd", { "aria-hidden": "true" }, keyOf[name]))));
}

async function act(name) {
  if (name === "help") return void help(t, helpKeys());
  if (canNothing()) return void toast(t("read.only"), true);
  if (name === "undo") return void decide({ do: "undo" });
  if (name === "done") return void decide({ do: data.state === "done" ? "reopen" : "done" });
  const fact = chosen && chosen.id ? facts[chosen.id] : null;
  const target = fact ? { layer: fact.layer, fact: chosen.id } : null;
  if (name === "add") return void addSelection();
  if (name === "note") return void note(fact, target);
  if (chosen && chosen.spans) return void keyword(name);
  if (!fact) return void toast(t("choose.first"), true);
  const mention = isMention() ? { scope: "mention", spans: [chosen.span] } : {};
  switch (name) {
    case "accept": case "reject": {
      const wish = { do: name, ...target, ...mention };
      const wait = marksOf(chosen.id).filter((mark) => !chosen.span || mark.dataset.s === chosen.span.join("-"));
      step(1, { stay: true });
      for (const mark of wait) mark.classList.add("wait");
      return void decide(wish);
    }
    case "accept.all": return void decide({ do: "accept", ...target });
    case "reject.all": return void decide({ do: "reject", ...target });
    case "retype": return void retype(fact, target, mention);
    case "boundary": return void boundary(target);
    case "split": return void split(fact, target);
    case "link": return void other("link", fact, target);
    case "merge": return void other("merge", fact, target);
    case "unlink": return void decide({ do: "unlink", ...target });
    case "date": return void date(fact, target);
    case "edit": return void edit(fact, target);
    default:
  }
}

async function retype(fact, target, mention) {
  if (fact.layer !== "entities") return;
  const answer = await chooseType(t, data.types, fact.kind, Boolean(mention.spans));
  if (answer) decide({ do: "retype", ...target, new: { type: answer.type }, ...(answer.only ? mention : {}) });
}

function boundary(target) {
  const span = selected() || chosenWords;
  if (!span || !chosen.span) return void toast(t("select.first"), true);
  decide({ do: "boundary", ...target, spans: [chosen.span, span] });
  chosen = { ...chosen, span };
  chosenWords = null;
}

async function addSelection() {
  const span = selected() || chosenWords;
  if (!span) return void toast(t("select.first"), true);
  const side = languageAt(span[0]);
  select(span);
  const name = window.getSelection().toString().trim();
  const kinds = [...data.types.map((type) => [`entities:${type}`, t(`t.${type}`)]), ["systems:", t("t.system")], ["dates:", t("t.date")]];
  const near = chosen && facts[chosen.id] && facts[chosen.id].mentions.length ? [["", t("new.entity")], [chosen.id, facts[chosen.id].en || facts[chosen.id].fa]] : null;
  const asked = [
    ["kind", t("kind"), "entities:ORG", kinds],
    [`name_${side}`, t(`name.${side}`), name],
    [`name_${side === "fa" ? "en" : "fa"}`, t(`name.${side === "fa" ? "en" : "fa"}`), ""],
    ["native", t("value"), ""],
    ["calendar", t("calendar"), side === "fa" ? "jalali" : "gregorian", ["gregorian", "jalali", "hijri"].map((c) => [c, t(c)])],
    ...(near ? [["to", t("fact"), "", near]] : []),
    ["all", t("everywhere"), false, "check"],
  ];
  const said = await fields(t, `${t("add")}: ${name}`, asked);
  if (!said) return;
  chosenWords = null;
  const [layer, type] = said.kind.split(":");
  const names = Object.fromEntries(["en", "fa"].map((l) => [l, said[`name_${l}`]]).filter(([, value]) => value));
  const value = said.calendar === "gregorian" ? { edtf: said.native } : { native: said.native, calendar: said.calendar };
  if (said.to) decide({ do: "add", layer: facts[said.to].layer, fact: said.to, spans: [span], all: said.all });
  else decide({ do: "add", layer, spans: [span], all: said.all, new: layer === "dates" ? { value } : { name: names, ...(type ? { type } : {}) } });
}

async function other(action, fact, target) {
  const id = chosen.id;
  const missing = fact.en && !fact.fa ? "fa" : fact.fa && !fact.en ? "en" : null;
  const rank = (f) => (action === "link" && missing && !f[missing] ? 1 : 0) + (f.kind === fact.kind ? 0 : 0.5);
  const list = Object.entries(facts).filter(([key, f]) => key !== id && f.layer === fact.layer)
    .map(([key, f]) => ({ id: key, en: f.en, fa: f.fa, kindName: kindName(f), rank: rank(f) })).sort((a, b) => a.rank - b.rank);
  const into = await chooseFact(t, `${t(action)}: ${fact.en || fact.fa}`, list);
  if (into) decide({ do: action, ...target, into });
}

async function split(fact, target) {
  if (!chosen.span) return void toast(t("choose.first"), true);
  const span = chosen.span;
  const mention = fact.mentions.find((m) => m[0] === span[0]);
  const side = mention ? mention[2] : "en";
  const said = await fields(t, t("split"), [[`name_${side}`, t(`name.${side}`), fact[side] || ""], ["all", t("everywhere"), false, "check"]]);
  if (said) decide({ do: "split", ...target, spans: [span], all: said.all, new: { name: { [side]: said[`name_${side}`] } } });
}

async function date(fact, target) {
  if (fact.layer !== "dates") return;
  const said = await fields(t, t("date"), [
    ["native", t("value"), fact.value.native || fact.value.edtf],
    ["calendar", t("calendar"), fact.value.calendar, ["gregorian", "jalali", "hijri"].map((c) => [c, t(c)])]]);
  if (!said) return;
  decide({ do: "date", ...target, new: said.calendar === "gregorian" ? { edtf: said.native, calendar: "gregorian" } : { native: said.native, calendar: said.calendar } });
}

async function edit(fact, target) {
  const asked = fact.layer === "timeline"
    ? [["what", t("what"), fact.en, "long"], ["date", t("when"), fact.date], ["type", t("type"), fact.sort]]
    : [["name.en", t("name.en"), fact.en], ["name.fa", t("name.fa"), fact.fa],
      ...(fact.layer === "systems" ? [["kind.en", t("kind.en"), fact.sort], ["kind.fa", t("kind.fa"), fact.sort_fa]] : [])];
  const said = await fields(t, t("edit"), asked);
  if (!said) return;
  const fresh = Object.fromEntries(asked.filter(([name, , value]) => said[name] !== (value ?? "")).map(([name]) => [name, said[name] || null]));
  if (Object.keys(fresh).length) decide({ do: "edit", ...target, new: fresh });
}

async function note(fact, target) {
  const span = chosenWords || selected();
  const said = await fields(t, t("note"), [["note", t("note"), "", "long"]]);
  if (!said || !said.note.trim()) return;
  decide({ do: "note", ...(fact && fact.layer !== "timeline" ? { ...target, scope: chosen.span ? "mention" : "fact", spans: chosen.span ? [chosen.span] : [] } : { spans: span ? [span] : [] }), note: said.note });
}

async function keyword(name) {
  const { spans, sides } = chosen;
  if (name === "link") {
    const missing = sides.includes("fa") ? "en" : "fa";
    const list = [...document.querySelectorAll("#p-keywords .item")].filter((row) => row.dataset.sides.trim() === missing)
      .map((row) => ({ id: row.dataset.spans.trim(), [missing]: row.querySelector(".names").textContent.trim(), kindName: "" }));
    const into = await chooseFact(t, t("link"), list);
    if (into) decide({ do: "link", layer: "keywords", spans: [...spans, into.split("-").map(Number)] });
    return;
  }
  if (["accept", "reject", "unlink"].includes(name)) decide({ do: name, layer: "keywords", spans });
}

function align() {
  const pressed = [...document.querySelectorAll('.sentence[aria-pressed="true"]')];
  if (!pressed.length) return void toast(t("link.how"), true);
  decide({ do: "align", layer: "abstract", spans: pressed.map((button) => button.dataset.span.split("-").map(Number)) });
}

// ── saving ───────────────────────────────────────────────────────────────────────────────────────────────────

let line = Promise.resolve();

/** Send a decision; the answer says what has changed. One that fails is said so, and nothing is lost of the others. */
function decide(wish) {
  document.body.dataset.saving = String(Number(document.body.dataset.saving || 0) + 1);
  line = line.then(async () => {
    const began = performance.now();
    try {
      const answer = await fetch(`${here}/decide`, {
        method: "POST", headers: { "content-type": "application/json", "x-dozaban": data.csrf }, body: JSON.stringify(wish),
      });
      const body = await answer.text();
      if (!answer.ok) throw new Error(answer.headers.get("content-type")?.includes("json") ? JSON.parse(body).error : body);
      const change = JSON.parse(body);
      update(change);
      toast(change.unfit ? t("unfit", change.unfit) : wish.do === "undo" ? t("undone") : t("saved", words[wish.do] || wish.do), Boolean(change.unfit));
    } catch (error) {
      for (const mark of document.querySelectorAll("mark.wait")) mark.classList.remove("wait");
      toast(t("failed", error.message), true);
    } finally {
      document.body.dataset.took = String(Math.round(performance.now() - began));
      document.body.dataset.saving = String(Number(document.body.dataset.saving) - 1);
      document.body.dataset.decided = String(Number(document.body.dataset.decided || 0) + 1);
    }
  });
  return line;
}

function update(change) {
  for (const [index, html] of change.blocks) $(`b${index}`).outerHTML = html;
  for (const [id, fact] of Object.entries(change.facts)) {
    if (fact === null) delete facts[id];
    else facts[id] = fact;
  }
  for (const mark of document.querySelectorAll("mark.wait")) mark.classList.remove("wait");
  data.state = change.state;
  $("state").textContent = t(`state.${change.state}`);
  $("state").className = `state s-${change.state}`;
  const done = document.querySelector('[data-do="done"]');
  if (done) done.textContent = t(change.state === "done" ? "reopen" : "done");
  for (const panel of document.querySelectorAll('[role="tabpanel"]')) if (panel.id !== "p-text") dirty.add(panel.id.slice(2));
  if (tab !== "text") fill(tab);
  else if (chosen && chosen.id) follow(change);
}

/** Keep the chosen fact chosen when its id has changed or its mention has moved. */
function follow(change) {
  if (!facts[chosen.id] && chosen.span) {
    const key = chosen.span.join("-");
    const mark = document.querySelector(`mark[data-s="${key}"]`);
    chosen = mark ? { ...chosen, id: mark.dataset.f } : chosen;
  }
  choose(facts[chosen.id] ? chosen : null, { scroll: false });
}

// ── moving ───────────────────────────────────────────────────────────────────────────────────────────────────

function step(by, { stay = false } = {}) {
  const items = tab === "text" ? distinct([...document.querySelectorAll("#p-text mark")]) : [...document.querySelectorAll(`#p-${tab} .item`)];
  if (!items.length) return;
  const now = items.findIndex((item) => (tab === "text"
    ? chosen && item.dataset.f === chosen.id && chosen.span && item.dataset.s === chosen.span.join("-") : item.classList.contains("cur")));
  const next = now < 0 ? (by > 0 ? 0 : items.length - 1) : now + by;
  if (next < 0 || next >= items.length) return void (stay ? null : choose(chosen));
  pick(items[next]);
}

const distinct = (marks) => marks.filter((mark, i) => !i || mark.dataset.s !== marks[i - 1].dataset.s || mark.dataset.f !== marks[i - 1].dataset.f);

function pick(element) {
  if (element.matches("mark")) return choose({ id: element.dataset.f, span: spanOf(element), row: null });
  const spans = (element.dataset.spans || "").split(" ").filter(Boolean).map((s) => s.split("-").map(Number));
  choose({ id: element.dataset.fact || null, span: null, row: element, spans: spans.length ? spans : null, sides: element.dataset.sides || "" });
  if (document.activeElement === document.body || !document.activeElement.closest("#card, #actions")) element.focus({ preventScroll: true });
}

async function show(name, focus = false) {
  tab = name;
  for (const button of document.querySelectorAll('[role="tab"]')) {
    const mine = button.dataset.tab === name;
    button.setAttribute("aria-selected", String(mine));
    button.tabIndex = mine ? 0 : -1;
    if (mine && focus) button.focus();
    $(`p-${button.dataset.tab}`).hidden = !mine;
  }
  if (name !== "text" && (!$(`p-${name}`).hasChildNodes() || dirty.has(name))) await fill(name);
  choose(null);
}

async function fill(name) {
  const panel = $(`p-${name}`);
  const rows = [...panel.querySelectorAll(".item")];
  const now = rows.findIndex((row) => row.classList.contains("cur"));
  const answer = await fetch(`${here}/section/${name}`);
  panel.innerHTML = await answer.text();
  dirty.delete(name);
  if (name === "abstract") draw();
  const fresh = [...panel.querySelectorAll(".item")];
  if (now >= 0 && fresh.length) pick(fresh[Math.min(now, fresh.length - 1)]);
  else if (now >= 0) choose(null);
}

/** Lines between the sentences that say the same. */
function draw() {
  const box = document.querySelector(".pairs");
  if (!box) return;
  const svg = box.querySelector(".links");
  const frame = svg.getBoundingClientRect();
  const sentences = (side) => [...box.querySelectorAll(`.sentence[data-side="${side}"]`)];
  const [en, fa] = [sentences("en"), sentences("fa")];
  const middle = (element) => { const r = element.getBoundingClientRect(); return r.top + r.height / 2 - frame.top; };
  svg.replaceChildren();
  for (const [left, right, sure] of JSON.parse(box.dataset.links)) {
    for (const i of left) for (const j of right) {
      const stroke = document.createElementNS("http://www.w3.org/2000/svg", "line");
      for (const [key, value] of Object.entries({ x1: 4, x2: frame.width - 4, y1: middle(en[i]), y2: middle(fa[j]) })) stroke.setAttribute(key, value);
      if (sure < 0.7) stroke.setAttribute("class", "doubt");
      svg.append(stroke);
    }
  }
}

const helpKeys = () => [["j k", t("k.jk")], ...Object.entries(KEYS).map(([key, name]) => [key, t(name)]), ["Esc", t("k.esc")], ["?", t("help")]];

// ── listening ────────────────────────────────────────────────────────────────────────────────────────────────

document.addEventListener("click", (event) => {
  const target = event.target;
  const doing = target.closest("[data-do]");
  if (doing) return void act(doing.dataset.do);
  const tabButton = target.closest("[data-tab]");
  if (tabButton) return void show(tabButton.dataset.tab);
  const undo = target.closest("[data-undo]");
  if (undo) return void decide({ do: "undo", entry: Number(undo.dataset.undo) });
  const confirm = target.closest("[data-confirm]");
  if (confirm) return void confirmAnswer(confirm.dataset.confirm);
  const sentence = target.closest("button.sentence");
  if (sentence) return void sentence.setAttribute("aria-pressed", String(sentence.getAttribute("aria-pressed") !== "true"));
  const row = target.closest(".item");
  const action = target.closest("[data-act]");
  if (action && action.dataset.act === "align") return void align();
  if (row) pick(row);
  if (action) return void act(action.dataset.act);
  const mark = target.closest("mark");
  if (mark && !selected()) pick(mark);
});

document.addEventListener("selectionchange", () => {
  const span = selected();
  if (span) chosenWords = span;
});

for (const column of document.querySelectorAll(".col")) {
  column.addEventListener("mousedown", () => { chosenWords = null; });
  column.addEventListener("mouseover", (event) => {
    const mark = event.target.closest("mark");
    for (const old of document.querySelectorAll("mark.hot")) if (!chosen || old.dataset.f !== chosen.id) old.classList.remove("hot");
    if (mark) for (const same of marksOf(mark.dataset.f)) same.classList.add("hot");
  });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("dialog")?.open || !$("actions")) return;
  const inTabs = event.target.closest('[role="tab"]');
  if (inTabs && ["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
    const all = [...document.querySelectorAll('[role="tab"]')];
    const forward = (event.key === "ArrowRight") === (document.dir !== "rtl");
    const next = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : (all.indexOf(inTabs) + (forward ? 1 : -1) + all.length) % all.length;
    event.preventDefault();
    return void show(all[next].dataset.tab, true);
  }
  if (event.target.matches("input, textarea, select")) return;
  const key = PERSIAN[event.key] || event.key;
  if (key === "j" || key === "k") { event.preventDefault(); return void step(key === "j" ? 1 : -1); }
  if (key === "?") { event.preventDefault(); return void act("help"); }
  if (key === "Escape") return void show("text", true);
  const name = KEYS[key];
  if (name) { event.preventDefault(); act(name); }
});

window.addEventListener("resize", draw);

async function confirmAnswer(which) {
  const [user, number] = which.split(":");
  try {
    const answer = await fetch(`${here}/confirm`, { method: "POST", headers: { "content-type": "application/json", "x-dozaban": data.csrf }, body: JSON.stringify({ user, number: Number(number) }) });
    if (!answer.ok) throw new Error(await answer.text());
    window.location.reload();
  } catch (error) { toast(t("failed", error.message), true); }
}

function openAtHash() {
  const id = decodeURIComponent(window.location.hash.slice(1));
  if (id && facts[id]) choose({ id, span: firstSpan(id), row: null });
}

if ($("actions")) {
  drawActions(null);
  openAtHash();
  if (data.state === "done") document.querySelector('[data-do="done"]').textContent = t("reopen");
  document.body.dataset.ready = "1";
}
