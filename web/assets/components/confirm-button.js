// Buttons that do something to a person: at once, or once it was asked twice.

import { fill, h } from "../core/dom.js";

// `of` says to a screen reader whom it is about.
export function button({ text, of, act }) {
  const element = h(
    "button",
    {
      ...{ type: "button", class: "nhsuk-button nhsuk-button--secondary nhsuk-button--small" },
      "aria-label": `${text}: ${of}`,
      click: async () => {
        element.disabled = true;
        await act();
        element.disabled = false;
      },
    },
    text,
  );
  return element;
}

export function asked({ text, of, yes, no, act }) {
  const place = h("div", { class: "actions" });
  const offer = () => {
    const element = button({ text, of, act: sure });
    fill(place, element);
    return element;
  };
  const sure = () => {
    const certain = button({ text: yes, of, act: async () => (await act()) === false && offer() });
    certain.classList.replace("nhsuk-button--secondary", "nhsuk-button--warning");
    fill(place, certain, button({ text: no, of, act: () => offer().focus() }));
    certain.focus();
  };
  offer();
  return place;
}
