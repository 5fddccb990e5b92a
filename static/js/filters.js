// The button of the filters says how many results it will show, while one chooses. Where the answer is lost, it says nothing.
for (const form of document.querySelectorAll("[data-filters]")) {
  const total = form.querySelector("[data-total]");
  const shown = total.textContent;
  let asking = new AbortController();
  form.addEventListener("change", async () => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    total.textContent = "";
    // Only what is filled in, so that caches know the address.
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    const address = new URL(form.action);
    address.search = new URLSearchParams([...chosen, ["total", "1"]]);
    address.hash = "";
    try {
      const answer = await fetch(address, { signal });
      if (answer.ok && !signal.aborted) total.textContent = (await answer.json()).total;
    } catch { /* a newer choice was made, or the answer was lost on the way */ }
  });
  // Going back shows the filters of the list that is there, not what was ticked since.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted && performance.getEntriesByType("navigation")[0]?.type !== "back_forward") return;
    form.reset();
    total.textContent = shown;
  });
}
