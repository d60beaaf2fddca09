/**
 * Runs the tests of every file in one process: `npm test`. A process of its own for each of them
 * takes several times as long as the tests do.
 */
import { readdirSync } from "node:fs";

const files = readdirSync(new URL(".", import.meta.url), {
  recursive: true,
  encoding: "utf8",
});
for (const file of files.filter((each) => each.endsWith(".test.js")).sort()) {
  await import(new URL(file, import.meta.url).href);
}
