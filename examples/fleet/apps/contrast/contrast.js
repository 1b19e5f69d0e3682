// Relative luminance and contrast ratio as WCAG 2.2 defines them, and the page around them.

const levels = [
  { name: "Body text, level AA", least: 4.5 },
  { name: "Body text, level AAA", least: 7 },
  { name: "Large text, level AA", least: 3 },
  { name: "Large text, level AAA", least: 4.5 },
  { name: "Icons and borders of controls", least: 3 },
];

/** `#rrggbb` as three numbers from 0 to 255. */
function parse(colour) {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}

function format(channels) {
  return "#" + channels.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("");
}

function luminance(channels) {
  const [red, green, blue] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratio(first, second) {
  const [lighter, darker] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

/** The text colour nearest to `text`, on its way to black or white, that reaches `least`; null when neither does. */
function nearest(text, background, least) {
  const candidates = [[0, 0, 0], [255, 255, 255]].flatMap((end) => {
    for (let step = 1; step <= 100; step += 1) {
      const mixed = text.map((channel, index) => Math.round(channel + ((end[index] - channel) * step) / 100));
      if (ratio(mixed, background) >= least) return [{ step, mixed }];
    }
    return [];
  });
  candidates.sort((a, b) => a.step - b.step);
  return candidates.length > 0 ? format(candidates[0].mixed) : null;
}

const element = (id) => document.getElementById(id);

function update() {
  const text = parse(element("text").value);
  const background = parse(element("background").value);
  const value = ratio(text, background);

  element("sample").style.color = format(text);
  element("sample").style.background = format(background);
  // Rounded down: 4.499 does not pass 4.5.
  element("ratio").value = `${(Math.floor(value * 100) / 100).toFixed(2)} : 1`;

  element("levels").replaceChildren(
    ...levels.map(({ name, least }) => {
      const row = document.createElement("tr");
      for (const content of [name, `${least} : 1`, value >= least ? "passes" : "fails"]) {
        row.insertCell().textContent = content;
      }
      return row;
    }),
  );

  const better = value >= 4.5 ? null : nearest(text, background, 4.5);
  element("suggestion").textContent = better ? `The nearest text colour that passes level AA is ${better}.` : "";
}

for (const id of ["text", "background"]) element(id).addEventListener("input", update);
element("swap").addEventListener("click", () => {
  [element("text").value, element("background").value] = [element("background").value, element("text").value];
  update();
});
update();
