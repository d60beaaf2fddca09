// What a patient needs, as a person would say it, and the bed categories that this means.

export const NEEDS = {
  general: "Old age or frailty",
  dementia: "Dementia",
  learning_disability: "Learning disability or autism",
  mental_health: "Mental health",
  physical_disability: "Physical disability, younger adult",
  short_stay: "A short stay: discharge to assess, reablement, respite",
};

export const CARE = {
  "": "Either",
  nursing: "Nursing: a nurse day and night",
  residential: "Residential: care without a nurse",
};

// The categories that are one, with or without a nurse.
const WHOLE = { physical_disability: "young_physically_disabled", short_stay: "transitional" };

// None: any category will do.
export function categoriesOf(needs, care) {
  if (!needs.length && !care) return [];
  const meant = needs.length ? needs : Object.keys(NEEDS).filter((need) => !WHOLE[need]);
  const kinds = care ? [care] : ["nursing", "residential"];
  const found = meant.map((need) => WHOLE[need] || kinds.map((kind) => `${need}_${kind}`));
  return [].concat(...found);
}

// The other way, for an address that names categories; it may mean a few more than those.
export function needsOf(categories) {
  const whole = Object.keys(WHOLE).filter((need) => categories.includes(WHOLE[need]));
  const halves = categories.map((each) => /^(.+)_(nursing|residential)$/.exec(each));
  const split = halves.filter((each) => each && NEEDS[each[1]]);
  const kinds = new Set(split.map((each) => each[2]));
  return {
    needs: [...new Set([...split.map((each) => each[1]), ...whole])],
    care: kinds.size === 1 ? [...kinds][0] : "",
  };
}
