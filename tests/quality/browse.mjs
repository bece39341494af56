// Opens pages from the disk in one browser and prints, as JSON, what is wrong with each: rules of axe-core that it
// breaks, requests it makes, errors it logs, by how much it is wider than a narrow telephone, and how large the parts of
// its first screen are at 1280 pixels.
// usage: node browse.mjs CHROMIUM PAGE…
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const looks = ["light", "dark"].flatMap((colorScheme) => [360, 1280].map((width) => ({ colorScheme, width })));
const narrowest = 320;

// Runs in the page: width and height of each part of the title area, the sizes of its types, and the font that is used.
function measured() {
  const sizes = (selector) =>
    [...document.querySelectorAll(selector)].map((part) => {
      const box = part.getBoundingClientRect();
      const type = parseFloat(getComputedStyle(part).fontSize);
      return { width: box.width, height: box.height, start: box.left, top: box.top, bottom: box.bottom, type };
    });
  const parts = { cover: ".cover", kicker: ".kicker", title: "h1", opening: ".opening", actions: ".actions a" };
  const more = { map: "header .map", jumps: ".jumps", tiles: ".file", numbers: ".item > .number", items: ".item" };
  const found = Object.entries({ ...parts, ...more }).map(([name, selector]) => [name, sizes(selector)]);
  const loaded = [...document.fonts].map((font) => [font.family.replaceAll('"', ""), font.status]);
  return { ...Object.fromEntries(found), fonts: loaded };
}

async function judged(page, path) {
  const found = { path, violations: [], requests: [], errors: [], checks: 0, overhang: 0, sizes: {} };
  const address = pathToFileURL(path).href;
  const asked = (request) => {
    if (request.url() !== address && !request.url().startsWith("data:")) found.requests.push(request.url());
  };
  const logged = (message) => message.type() === "error" && found.errors.push(message.text());
  page.on("request", asked);
  page.on("console", logged);
  await page.goto(address);
  for (const { colorScheme, width } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    found.sizes[width] = await page.evaluate(measured);
    const rules = colorScheme === "dark" ? ["color-contrast"] : undefined; // nothing but colours differs there
    const result = await page.evaluate((only) => axe.run({ resultTypes: ["violations"], runOnly: only }), rules);
    found.checks += result.passes.length;
    for (const rule of result.violations) {
      for (const node of rule.nodes) found.violations.push(`${colorScheme} ${width}: ${rule.id} ${node.target}`);
    }
  }
  await page.setViewportSize({ width: narrowest, height: 800 });
  found.overhang = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  page.off("request", asked);
  page.off("console", logged);
  return found;
}

const [program, ...paths] = process.argv.slice(2);
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"];
const browser = await chromium.launch({ executablePath: program, args: quiet });
const found = [];
const page = await browser.newPage();
await page.addInitScript(axe); // not a script element: a page's own policy would rightly refuse it
for (const path of paths) found.push(await judged(page, path));
await browser.close();
console.log(JSON.stringify(found));
