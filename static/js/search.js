// Suggestions while one types: an editable combobox with a list, chosen by hand (WAI-ARIA Authoring Practices).
// Without this script the field is a plain one; where the answer is late or lost, nothing happens.
const SHORTEST = 2;
const PAUSE = 250; // milliseconds without a key before we ask
const PATIENCE = 2000;

function combobox(form) {
  const field = form.elements.q;
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  const known = new Map();
  let active = -1;
  let timer = 0;
  let asking = new AbortController();

  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) {
    field.setAttribute(name, value);
  }

  function mark(place) {
    active = place;
    for (const [number, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(number === active));
    if (active < 0) {
      field.removeAttribute("aria-activedescendant");
    } else {
      field.setAttribute("aria-activedescendant", list.children[active].id);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  }

  function open() {
    list.hidden = !list.children.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
  }

  function close() {
    clearTimeout(timer);
    asking.abort();
    mark(-1);
    list.hidden = true;
    status.textContent = "";
    field.setAttribute("aria-expanded", "false");
  }

  function choose(option) {
    field.value = option.textContent;
    close();
    form.requestSubmit();
  }

  function show(phrases) {
    list.replaceChildren(...phrases.map((phrase, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.textContent = phrase;
      return option;
    }));
    mark(-1);
    open();
    status.textContent = phrases.length ? status.dataset.label + phrases.length : "";
  }

  async function suggest(typed) {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    if (!known.has(typed)) {
      const late = setTimeout(() => close(), PATIENCE);
      try {
        const answer = await fetch(`${form.action}?suggest=${encodeURIComponent(typed)}`, { signal });
        if (answer.ok) known.set(typed, (await answer.json()).suggestions);
      } catch { /* given up, or lost on the way */ }
      clearTimeout(late);
    }
    if (!signal.aborted) show(known.get(typed) ?? []);
  }

  field.addEventListener("input", () => {
    const typed = field.value.trim();
    clearTimeout(timer);
    asking.abort();
    mark(-1);
    if (typed.length < SHORTEST) show([]);
    else timer = setTimeout(() => suggest(typed), PAUSE);
  });

  field.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && last >= 0) {
      event.preventDefault();
      open();
      if (event.altKey) return;
      if (event.key === "ArrowDown") mark(active < last ? active + 1 : 0);
      else mark(active > 0 ? active - 1 : last);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(list.children[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      mark(-1); // the keys move in the text again
    } else if (event.key === "Enter" || event.key === "Tab") {
      close();
    }
  });

  field.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  // Going back shows the page as the address says, not what was typed since.
  window.addEventListener("pageshow", (event) => event.persisted && form.reset());
}

for (const form of document.querySelectorAll("[data-search]")) combobox(form);
