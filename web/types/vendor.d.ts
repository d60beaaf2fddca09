// The vendors' files, as the build adapts them.

declare module "*/vendor/leaflet.js" {
  import * as L from "leaflet";
  export default L;
}

declare module "*/vendor/lean-qr.js" {
  export { generate } from "lean-qr/nano";
}

declare module "*/vendor/oidc-client-ts.js" {
  export { User, UserManager, WebStorageStateStore } from "oidc-client-ts";
}

declare module "*/vendor/nhsuk-frontend.js" {
  /** Make the menu of the header fold away what a narrow screen has no room for. */
  export function initHeader(): void;
}
