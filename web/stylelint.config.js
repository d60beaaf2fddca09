export default {
  extends: ["stylelint-config-standard"],
  rules: {
    // block__element--modifier, as the design system names its own
    "selector-class-pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*(__[a-z0-9-]+)?(--[a-z0-9-]+)?$",
    // Rules stand together by component, not by specificity.
    "no-descending-specificity": null,
    // A browser of 2020 knows only the older notations.
    "alpha-value-notation": "number",
    "color-function-notation": "legacy",
    "color-function-alias-notation": null,
    "media-feature-range-notation": "prefix",
    "property-no-vendor-prefix": [true, { ignoreProperties: ["-webkit-user-select"] }],
    // Prettier sees to empty lines.
    "rule-empty-line-before": null,
    "comment-empty-line-before": null,
    "at-rule-empty-line-before": null,
  },
};
