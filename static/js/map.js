// Opens a map when the visitor asks for it: nothing of it, and no tile, is loaded before. The list says the same.
function loadLeaflet(holder) {
  if (window.L) return Promise.resolve(window.L);
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = holder.dataset.style;
  const script = document.createElement("script");
  script.src = holder.dataset.script;
  const loaded = new Promise((done, failed) => {
    script.addEventListener("load", () => done(window.L));
    script.addEventListener("error", failed);
  });
  const styled = new Promise((done, failed) => {
    style.addEventListener("load", done);
    style.addEventListener("error", failed);
  });
  document.head.append(style, script);
  return Promise.all([loaded, styled]).then(([L]) => L);
}

async function readPoints(holder) {
  if (holder.dataset.pointsId) return JSON.parse(document.getElementById(holder.dataset.pointsId).textContent);
  const answer = await fetch(holder.dataset.pointsUrl, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`points: ${answer.status}`);
  return (await answer.json()).points;
}

function popup(places, french) {
  const box = document.createElement("ul");
  box.className = "map-popup";
  for (const place of places) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = place.url;
    link.textContent = place.title;
    if (place.french_title) link.lang = "fr";
    item.append(link);
    if (place.stands_in) {
      const mark = document.createElement("span");
      mark.className = "french-mark";
      mark.textContent = french;
      item.append(mark);
    }
    const note = document.createElement("span");
    note.textContent = place.note;
    item.append(note);
    box.append(item);
  }
  return box;
}

function draw(L, holder, frame, points) {
  const map = L.map(frame, { scrollWheelZoom: false, zoomControl: false });
  L.control.zoom({ zoomInTitle: holder.dataset.zoomIn, zoomOutTitle: holder.dataset.zoomOut }).addTo(map);
  map.attributionControl.setPrefix("Leaflet");
  L.tileLayer(holder.dataset.tiles, { attribution: holder.dataset.credit, maxZoom: 18 }).addTo(map);
  // Offers of one host share its place: one pin with all of them.
  const places = new Map();
  for (const point of points) {
    const key = `${point.lat},${point.lon}`;
    places.set(key, [...(places.get(key) ?? []), point]);
  }
  const pins = [...places.values()].map((group) => {
    const [first] = group;
    const icon = L.divIcon({ className: "map-pin", html: group.length > 1 ? String(group.length) : "", iconSize: [28, 28] });
    const name = first.pin ?? first.title;
    const pin = L.marker([first.lat, first.lon], { icon, title: name }).bindPopup(popup(group, holder.dataset.french));
    const words = !first.pin && first.french_title ? { lang: "fr" } : {};
    pin.on("add", () => say(pin, { "aria-label": name, "aria-expanded": "false", ...words }));
    pin.on("popupopen", ({ popup: opened }) => {
      // Leaflet puts popups behind all pins: who reads on or tabs on comes from a pin to what it shows.
      pin.getElement().after(opened.getElement());
      say(pin, { "aria-expanded": "true" });
      const close = opened.getElement().querySelector(".leaflet-popup-close-button");
      close.setAttribute("aria-label", holder.dataset.closePopup);
      close.addEventListener("click", () => pin.getElement().focus(), { once: true });
    });
    pin.on("popupclose", () => say(pin, { "aria-expanded": "false" }));
    return pin;
  });
  const layer = L.featureGroup(pins).addTo(map);
  // The list beside the map has just made room for it: measure anew before choosing the scale.
  map.invalidateSize();
  map.fitBounds(layer.getBounds().pad(0.15), { maxZoom: 12 });
  return () => {
    const opened = pins.find((pin) => pin.isPopupOpen());
    opened?.closePopup();
    opened?.getElement().focus();
    return Boolean(opened);
  };
}

function say(pin, attributes) {
  for (const [name, value] of Object.entries(attributes)) pin.getElement()?.setAttribute(name, value);
}

for (const holder of document.querySelectorAll("[data-map]:not([data-ready])")) {
  holder.dataset.ready = "";
  const button = holder.querySelector("[data-map-open]");
  const label = button.querySelector("span");
  const note = holder.querySelector("[data-map-note]");
  const frame = holder.querySelector("[data-map-frame]");
  const words = { false: label.textContent, true: holder.dataset.close };
  let closePopup;

  // The button stays where it is and keeps the focus: what opened the map closes it.
  function show(open) {
    frame.hidden = !open;
    note.hidden = open;
    holder.closest(".results")?.classList.toggle("with-map", open);
    button.setAttribute("aria-expanded", String(open));
    label.textContent = words[open];
  }

  button.addEventListener("click", async () => {
    if (closePopup) {
      show(frame.hidden);
      return;
    }
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    try {
      const [L, points] = await Promise.all([loadLeaflet(holder), readPoints(holder)]);
      frame.setAttribute("role", "region");
      frame.setAttribute("aria-label", holder.dataset.label);
      show(true);
      closePopup = draw(L, holder, frame, points);
    } catch {
      show(false);
      note.textContent = holder.dataset.failed;
    }
    button.ariaBusy = "false";
  });

  holder.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || frame.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    if (closePopup?.()) return;
    show(false);
    button.focus();
  });
}
