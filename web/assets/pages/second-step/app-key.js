// The key that an authenticator app needs, as a link, as text to type, and as a QR code.

import { s } from "../../core/dom.js";
import { generate } from "../../vendor/lean-qr.js";
import { linkOf } from "./key-text.js";

const MARGIN = 4; // modules, which the standard asks for

/**
 * Draw the QR code of a key.
 * @param {import("./key-text.js").AppKey} key
 */
export function qrCode(key) {
  const code = generate(linkOf(key));
  let path = "";
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (code.get(x, y)) path += `M${x + MARGIN} ${y + MARGIN}h1v1h-1z`;
    }
  }
  const size = code.size + 2 * MARGIN;
  return s(
    "svg",
    {
      ...{ class: "qr-code", role: "img", "aria-label": "QR code for your authenticator app" },
      ...{ viewBox: `0 0 ${size} ${size}`, "shape-rendering": "crispEdges" },
    },
    s("rect", { width: size, height: size, fill: "#fff" }),
    s("path", { d: path, fill: "#000" }),
  );
}
