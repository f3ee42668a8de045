// Dialogs for the decisions that need more than a key. Each returns a promise of what was chosen, or of null.

/** An element: h("p", {class: "x"}, "text", other). Attributes that start with "on" are listeners. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A name in its own language and direction. */
export const named = (text, language) => h("bdi", { lang: language, dir: language === "fa" ? "rtl" : "ltr", class: language }, text);

function shown(title, build, t) {
  const dialog = document.getElementById("dialog");
  return new Promise((resolve) => {
    let answer = null;
    const finish = (value) => { answer = value; dialog.close(); };
    dialog.replaceChildren(h("h2", { id: "dialog-title" }, title), build(finish));
    dialog.addEventListener("close", () => { dialog.replaceChildren(); resolve(answer); }, { once: true });
    dialog.showModal();
    const first = dialog.querySelector("[autofocus]") || dialog.querySelector("input, button");
    if (first) first.focus();
  });
}

const buttons = (finish, t, save = true) => h("div", { class: "buttons" },
  h("button", { type: "button", onclick: () => finish(null) }, t(save ? "cancel" : "close")),
  save ? h("button", { type: "submit", class: "primary" }, t("save")) : null);

/** One of several kinds, by click or by its number; with `scope`, whether for one mention only. */
export function chooseType(t, types, current, scope) {
  return shown(t("retype"), (finish) => {
    const only = h("input", { type: "checkbox", id: "only" });
    const pick = (type) => finish({ type, only: only.checked });
    const grid = h("div", { class: "choices" }, ...types.map((type, i) =>
      h("button", { type: "button", "data-type": type, autofocus: type === current, onclick: () => pick(type) },
        h("span", { class: `chip k-${type.toLowerCase()}` }, t(`t.${type}`)), h("kbd", {}, String((i + 1) % 10)))));
    const form = h("form", { method: "dialog" }, grid,
      scope ? h("label", { class: "check" }, only, t("only.this")) : null, buttons(finish, t, false));
    form.addEventListener("keydown", (event) => {
      if (/^[0-9۰-۹]$/.test(event.key)) {
        const digit = "۰۱۲۳۴۵۶۷۸۹".includes(event.key) ? "۰۱۲۳۴۵۶۷۸۹".indexOf(event.key) : Number(event.key);
        const type = types[(digit + 9) % 10];
        if (type) { event.preventDefault(); pick(type); }
      }
    });
    return form;
  }, t);
}

/** Another fact, found by typing a part of its name in either language. */
export function chooseFact(t, title, facts) {
  return shown(title, (finish) => {
    const list = h("div", { class: "choices" });
    const input = h("input", { type: "search", dir: "auto", autofocus: true });
    const fill = () => {
      const wanted = input.value.trim().toLowerCase();
      const hits = facts.filter((f) => !wanted || `${f.en || ""} ${f.fa || ""}`.toLowerCase().includes(wanted)).slice(0, 40);
      list.replaceChildren(...hits.map((f) => h("button", { type: "button", "data-id": f.id, onclick: () => finish(f.id) },
        h("span", {}, f.en ? named(f.en, "en") : "", f.en && f.fa ? " · " : "", f.fa ? named(f.fa, "fa") : ""), h("small", {}, f.kindName))));
    };
    input.addEventListener("input", fill);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); const first = list.querySelector("button"); if (first) first.click(); }
    });
    fill();
    return h("form", { method: "dialog" }, h("label", {}, t("find.fact"), input), list, buttons(finish, t, false));
  }, t);
}

/** Fields: [name, label, value, options]. Options make a choice, `true` a check, "long" a text of several lines. */
export function fields(t, title, wanted) {
  return shown(title, (finish) => {
    const inputs = wanted.map(([name, label, value, options], i) => {
      let input;
      if (Array.isArray(options)) {
        input = h("select", { name }, ...options.map(([id, text]) => h("option", { value: id, selected: id === value }, text)));
      } else if (options === "check") {
        input = h("input", { type: "checkbox", name, checked: Boolean(value) });
        return h("label", { class: "check" }, input, label);
      } else if (options === "long") {
        input = h("textarea", { name, dir: "auto", maxlength: "10000" }, value || "");
      } else {
        input = h("input", { name, dir: "auto", maxlength: "2000", value: value ?? "" });
      }
      if (i === 0) input.setAttribute("autofocus", "");
      return h("label", {}, label, input);
    });
    const form = h("form", {}, ...inputs, buttons(finish, t));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const data = {};
      for (const input of form.querySelectorAll("[name]")) data[input.name] = input.type === "checkbox" ? input.checked : input.value;
      finish(data);
    });
    return form;
  }, t);
}

/** The keys. */
export function help(t, keys) {
  return shown(t("help"), (finish) => h("div", {},
    h("table", {}, h("thead", {}, h("tr", {}, h("th", {}, t("key")), h("th", {}, t("decision")))),
      h("tbody", {}, ...keys.map(([key, words]) => h("tr", {}, h("td", {}, h("kbd", {}, key)), h("td", {}, words))))),
    h("div", { class: "buttons" }, h("button", { type: "button", onclick: () => finish(null) }, t("close")))), t);
}
