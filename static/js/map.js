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

function popup(places) {
  const box = document.createElement("ul");
  box.className = "map-popup";
  for (const place of places) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = place.url;
    link.textContent = place.title;
    const note = document.createElement("span");
    note.textContent = place.note;
    item.append(link, note);
    box.append(item);
  }
  return box;
}

function draw(L, holder, frame, points) {
  const map = L.map(frame, { scrollWheelZoom: false });
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
    const name = group.map((place) => place.title).join(", ");
    return L.marker([first.lat, first.lon], { icon, alt: name, title: name }).bindPopup(popup(group));
  });
  const layer = L.featureGroup(pins).addTo(map);
  // The list beside the map has just made room for it: measure anew before choosing the scale.
  map.invalidateSize();
  map.fitBounds(layer.getBounds().pad(0.15), { maxZoom: 12 });
}

for (const holder of document.querySelectorAll("[data-map]:not([data-ready])")) {
  holder.dataset.ready = "";
  const button = holder.querySelector("[data-map-open]");
  const note = holder.querySelector("[data-map-note]");
  const frame = holder.querySelector("[data-map-frame]");
  button.hidden = note.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const [L, points] = await Promise.all([loadLeaflet(holder), readPoints(holder)]);
      frame.hidden = false;
      frame.setAttribute("role", "region");
      frame.setAttribute("aria-label", holder.dataset.label);
      holder.classList.add("open");
      holder.closest(".results")?.classList.add("with-map");
      draw(L, holder, frame, points);
      button.hidden = note.hidden = true;
    } catch {
      button.disabled = false;
      note.textContent = holder.dataset.failed;
    }
  });
}
