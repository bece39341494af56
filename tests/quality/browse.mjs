// Opens pages from the disk in one browser and prints, as JSON, what is wrong with each: rules of axe-core that it
// breaks, requests it makes, errors it logs, and by how much it is wider than a narrow telephone.
// usage: node browse.mjs CHROMIUM PAGE…
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const looks = ["light", "dark"].flatMap((colorScheme) => [360, 1280].map((width) => ({ colorScheme, width })));
const narrowest = 320;
const tabs = 2;

async function judged(context, path) {
  const page = await context.newPage();
  const found = { path, violations: [], requests: [], errors: [], checks: 0, overhang: 0 };
  const address = pathToFileURL(path).href;
  page.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("data:")) found.requests.push(request.url());
  });
  page.on("console", (message) => message.type() === "error" && found.errors.push(message.text()));
  page.on("pageerror", (error) => found.errors.push(String(error)));
  await page.goto(address);
  await page.evaluate(axe); // not a script element: the page's own policy would rightly refuse it
  for (const { colorScheme, width } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    const rules = colorScheme === "dark" ? ["color-contrast"] : undefined; // nothing but colours differs there
    const result = await page.evaluate((only) => axe.run({ resultTypes: ["violations"], runOnly: only }), rules);
    found.checks += result.passes.length;
    for (const rule of result.violations) {
      for (const node of rule.nodes) found.violations.push(`${colorScheme} ${width}: ${rule.id} ${node.target}`);
    }
  }
  await page.setViewportSize({ width: narrowest, height: 800 });
  found.overhang = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await page.close();
  return found;
}

const [program, ...paths] = process.argv.slice(2);
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"];
const browser = await chromium.launch({ executablePath: program, args: quiet });
const found = [];
const waiting = [...paths];
const work = async () => {
  const context = await browser.newContext();
  for (let path = waiting.shift(); path; path = waiting.shift()) found.push(await judged(context, path));
};
await Promise.all(Array.from({ length: tabs }, work));
await browser.close();
console.log(JSON.stringify(found));
