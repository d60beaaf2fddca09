// A care home's page, for families and discharge teams; its staff edit it here.

import { openPage, showFailure } from "../../components/page.js";
import { wayBack } from "../../components/way-back.js";
import { request } from "../../core/api.js";
import { fill, find, h } from "../../core/dom.js";
import { NoResponse, Refusal } from "../../core/failures.js";
import { showHome } from "./profile.js";
import { showDemand } from "./demand.js";

const parameters = new URLSearchParams(location.search);
const id = parameters.get("id");
const alertId = parameters.get("alert");

// Everyone may open a home's page: the API asks for a sign-in where the council wants one.
/** @type {import("../../components/page.js").PageOptions} */
const options = id ? {} : { isFor: (me) => me.homes.length > 0 };

openPage(options, async (main, { me }) => {
  const own = me ? me.homes : [];
  const locationId = id || (own.length === 1 ? own[0] : null);
  if (!locationId) return chooseHome(main, own);
  const isCouncil = Boolean(me && me.isCouncil);
  const isTeam = Boolean(me && me.teams.length);
  return openHome(main, locationId, { isStaff: own.includes(locationId), isTeam, isCouncil });
});

/**
 * Show a home, with what its staff need to edit it.
 * @param {HTMLElement} main
 * @param {string} locationId
 * @param {{ isStaff: boolean, isTeam: boolean, isCouncil: boolean }} rights
 */
async function openHome(main, locationId, { isStaff, isTeam, isCouncil }) {
  const path = pathOf(locationId);
  const back = wayBack(locationId);

  /**
   * @param {Api.Home} home
   * @param {HTMLElement} [message]
   */
  function show(home, message) {
    document.title = `${home.name} – Bedboard`;
    const onEdit = isStaff ? () => edit(home) : undefined;
    const questions = h("div", null);
    const wanted = h("div", null);
    const placing = h("div", null);
    const asked = h("div", null);
    const gone = h("div", null);
    const links = h("div", null);
    const truth = h("div", null);
    showHome(main, {
      home,
      back,
      message,
      onEdit,
      isCouncil,
      placing,
      gone,
      links,
      asked,
      questions,
      wanted,
      truth,
    });
    if (alertId && isTeam) showAsked(asked, alertId);
    else if (alertId) fill(asked, h("p", null, "Sign in to see what to ask for your alert."));
    if (isStaff || isTeam || isCouncil) showMark(home.name, placing);
    if (isStaff || isTeam || isCouncil) showGone(gone);
    if (isStaff) warnOfLinks(links);
    if (isStaff || isCouncil) showDemand(wanted, path, isStaff);
    if (isStaff || isCouncil) showTruth(truth);
    if (isStaff && home.home_before && home.home_before.has_questions) ask(home, questions);
  }

  /**
   * Ask about what the home before said. Few homes have such questions.
   * @param {Api.Home} home
   * @param {HTMLElement} place
   */
  async function ask(home, place) {
    try {
      const { earlierAnswers } = await import("./earlier-answers.js").catch((error) => {
        throw new NoResponse(String(error));
      });
      fill(place, await earlierAnswers({ home, path, onClose: show }));
    } catch (error) {
      showFailure(place, error);
    }
  }

  /**
   * Show what the home says of what an alert asks. The link of the alert's message leads here.
   * @param {HTMLElement} place
   * @param {string} alert
   */
  async function showAsked(place, alert) {
    try {
      const { showAlertFit } = await import("./alert-fit.js");
      await showAlertFit(place, { path, alertId: alert, team: parameters.get("team") });
    } catch (error) {
      showFailure(place, new NoResponse(String(error)));
    }
  }

  /**
   * Show whether the council is placing at the home. The public is never told.
   * @param {string} name
   * @param {HTMLElement} place
   */
  async function showMark(name, place) {
    try {
      const { showPlacingStop } = await import("./placing-stop.js");
      await showPlacingStop(place, { path, name, isCouncil });
    } catch (error) {
      showFailure(place, new NoResponse(String(error)));
    }
  }

  /**
   * Show what teams were told against the home's vacancies. The public is never told.
   * @param {HTMLElement} place
   */
  async function showGone(place) {
    try {
      const { showToldGone } = await import("./told-gone.js");
      await showToldGone(place, { path, id: locationId, isStaff });
    } catch (error) {
      showFailure(place, new NoResponse(String(error)));
    }
  }

  /**
   * Warn the home's staff while the links of its reminders are stopped.
   * @param {HTMLElement} place
   */
  async function warnOfLinks(place) {
    try {
      const { showLinksStopped } = await import("./links-stopped.js");
      await showLinksStopped(place, locationId);
    } catch (error) {
      showFailure(place, new NoResponse(String(error)));
    }
  }

  /**
   * Offer how often the home's listings were right. Nobody else is told.
   * @param {HTMLElement} place
   */
  async function showTruth(place) {
    try {
      const { ownTruth } = await import("./own-truth.js");
      fill(place, ownTruth(path, isStaff));
    } catch (error) {
      showFailure(place, new NoResponse(String(error)));
    }
  }

  /** @param {Api.Home} home */
  async function edit(home) {
    try {
      // Few of those who open the page edit it.
      const { openEditor } = await import("./editor.js");
      openEditor(main, { home, path, onClose: show });
    } catch (error) {
      showFailure(main, new NoResponse(String(error)));
    }
  }

  try {
    show(await request("GET", path, { anonymous: true }));
  } catch (error) {
    showFailure(main, error);
    if (error instanceof Refusal)
      find(main, "h1", HTMLElement).textContent = "We cannot show this home";
    if (back) main.prepend(back);
  }
}

/**
 * List the homes of someone who works for several.
 * @param {HTMLElement} main
 * @param {readonly string[]} homes their location ids
 */
async function chooseHome(main, homes) {
  const links = homes.map((each) =>
    h("a", { href: `/home.html?${new URLSearchParams({ id: each })}` }, each),
  );
  fill(
    main,
    h("h1", { class: "nhsuk-heading-l" }, "Your homes"),
    h(
      "ul",
      { class: "homes" },
      links.map((link) => h("li", { class: "card" }, link)),
    ),
  );
  // The list is there at once; the names follow.
  await Promise.all(
    homes.map(async (each, number) => {
      const { name } = await request("GET", pathOf(each));
      links[number].textContent = name;
    }),
  );
}

/** @param {string} locationId */
function pathOf(locationId) {
  return `/homes/${encodeURIComponent(locationId)}`;
}
