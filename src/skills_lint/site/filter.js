// Filters and sorts long tables: those in a box of class `sl-filter`. Without this script they stay whole.
//
// What rows say in `data-…` attributes becomes a choice each; several values stand apart by `|`. A cell that sorts
// otherwise than it reads says so in `data-sort`.

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function named(key) {
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words[0].toUpperCase() + words.slice(1);
}

function valuesOf(row, key) {
  return (row.dataset[key] ?? "").split("|").map((value) => value.trim()).filter(Boolean);
}

function choiceOf(key, rows) {
  const values = [...new Set(rows.flatMap((row) => valuesOf(row, key)))].sort(collator.compare);
  if (values.length < 2) return null;
  const select = element("select", {}, element("option", { value: "" }, "all"));
  select.append(...values.map((value) => element("option", { value }, value)));
  return { select, label: element("label", {}, `${named(key)} `, select), holds: (row) => holds(row, key, select.value) };
}

function holds(row, key, value) {
  return value === "" || valuesOf(row, key).includes(value);
}

function filterable(table, rows) {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row.dataset)))];
  const choices = keys.map((key) => choiceOf(key, rows)).filter(Boolean);
  const words = element("input", { type: "search", autocomplete: "off", spellcheck: false });
  const told = element("output", {}, `${rows.length} rows`);
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\s+/);
    for (const row of rows) {
      const found = wanted.every((word) => texts.get(row).includes(word));
      row.hidden = !(found && choices.every((choice) => choice.holds(row)));
    }
    const shown = rows.filter((row) => !row.hidden).length;
    told.textContent = shown === rows.length ? `${shown} rows` : `${shown} of ${rows.length} rows`;
  };
  const form = element("form", { className: "sl-filters" });
  form.append(element("label", {}, "Find ", words), ...choices.map((choice) => choice.label), told);
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.setAttribute("aria-label", "Filter the table below");
  table.closest(".sl-filter").before(form);
}

function sorted(rows, column, falling) {
  const key = (row) => row.cells[column]?.dataset.sort ?? row.cells[column]?.textContent.trim() ?? "";
  const compared = [...rows].sort((a, b) => collator.compare(key(a), key(b)));
  return falling ? compared.reverse() : compared;
}

function sortable(table) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  heads.forEach((head, column) => {
    const button = element("button", { type: "button", className: "sl-sort" }, ...head.childNodes);
    button.addEventListener("click", () => {
      const falling = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      for (const body of table.tBodies) body.append(...sorted(body.rows, column, falling));
    });
    head.append(button);
  });
}

function enhance() {
  for (const table of document.querySelectorAll(".sl-filter table:not([data-sl-ready])")) {
    table.dataset.slReady = "";
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    if (rows.length < 2) continue;
    filterable(table, rows);
    sortable(table);
  }
}

// Material's instant navigation puts new pages into the old one, and tells of it.
if (window.document$) window.document$.subscribe(enhance);
else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", enhance);
else enhance();
