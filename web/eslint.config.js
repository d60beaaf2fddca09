// What the pages' code has to keep to, besides what Prettier and the TypeScript compiler check.

import js from "@eslint/js";
import esX from "eslint-plugin-es-x";
import globals from "globals";

// A file's folder says what it may import: pages use components, components use core, all use text.
const zone = (folder, outside, message) => ({
  files: [`web/assets/${folder}/**/*.js`],
  rules: {
    "no-restricted-imports": ["error", { patterns: outside.map((regex) => ({ regex, message })) }],
  },
});

export default [
  { ignores: ["build/", "node_modules/"] },
  js.configs.recommended,
  {
    rules: {
      "array-callback-return": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-shadow": "error",
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["web/eslint.config.js", "tests/web/unit/**/*.js"],
    languageOptions: { globals: globals.node },
  },
  {
    // A phone of 2020 has to read it, as it is: nothing is translated for older browsers.
    ...esX.configs["flat/restrict-to-es2020"],
    files: ["web/assets/**/*.js", "web/static/**/*.js"],
    languageOptions: { globals: globals.browser },
    settings: { "es-x": { aggressive: true } },
  },
  {
    // Arrays have methods of the same names, and a linter without types cannot tell which it is.
    files: ["web/assets/**/*.js", "web/static/**/*.js"],
    rules: Object.fromEntries(
      ["every", "filter", "find", "flatmap", "foreach", "map", "reduce", "some"].map((method) => [
        `es-x/no-iterator-prototype-${method}`,
        "off",
      ]),
    ),
  },
  {
    files: ["web/assets/**/*.js", "web/static/**/*.js"],
    rules: {
      // These belong to the browser and not to the language, so no version of ECMAScript has them.
      "no-restricted-globals": ["error", "structuredClone"],
      "no-restricted-properties": [
        "error",
        ...[
          ["AbortSignal", "timeout"],
          ["crypto", "randomUUID"],
        ].map(([object, property]) => ({ object, property, message: "Not in browsers of 2020." })),
        ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({
          property,
          message: "What comes from people or the API becomes text, never markup.",
        })),
        { property: "replaceChildren", message: "Not in browsers of 2020: use fill()." },
      ],
    },
  },
  {
    files: ["web/static/sw.js"],
    languageOptions: { sourceType: "script", globals: globals.serviceworker },
  },
  zone("text", ["/(core|components|pages|vendor)/"], "Text is made without a browser."),
  zone("core", ["/(components|pages)/"], "The core knows no components and no pages."),
  zone("components", ["/pages/"], "A component knows no page."),
  zone("pages", ["^\\.\\./[^.]"], "Lift what two pages share into components, core or text."),
];
