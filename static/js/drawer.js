// Filters stand open beside the list on a wide screen; on a telephone they close behind one button, results first.
const wide = window.matchMedia("(min-width: 64rem)");
for (const drawer of document.querySelectorAll("[data-filter-drawer]")) {
  const adapt = () => { drawer.open = wide.matches || "keepOpen" in drawer.dataset; };
  wide.addEventListener("change", adapt);
  adapt();
}
