// What someone needs care for, in everyday words, and the bed categories that it means.

/** What a person needs care for, each in one or two bed categories. */
export const CARE_FOR = {
  general: "Old age or frailty",
  dementia: "Dementia",
  learning_disability: "Learning disability or autism",
  mental_health: "Mental health",
  physical_disability: "Physical disability, younger adult",
  short_stay: "A short stay: discharge to assess, reablement or respite",
};

export const CARE = {
  "": "Either",
  nursing: "Nursing: a nurse day and night",
  residential: "Residential: care without a nurse",
};

/** @type {Record<string, string>} Of one category, the same with and without a nurse. */
const SINGLE_CATEGORIES = {
  physical_disability: "young_physically_disabled",
  short_stay: "transitional",
};

/**
 * List the bed categories of a search; none means any.
 * @param {URLSearchParams} query
 */
export function categoriesOf(query) {
  return categoriesFor(query.getAll("care_for"), query.get("care") || "");
}

/**
 * List the bed categories that would do; none means any.
 * @param {readonly string[]} careFor keys of `CARE_FOR`
 * @param {string} care a key of `CARE`
 * @returns {Api.BedCategory[]}
 */
export function categoriesFor(careFor, care) {
  if (!careFor.length && !care) return [];
  const all = careFor.length
    ? careFor
    : Object.keys(CARE_FOR).filter((each) => !SINGLE_CATEGORIES[each]);
  const kinds = care ? [care] : ["nursing", "residential"];
  const categories = all.map(
    (each) => SINGLE_CATEGORIES[each] || kinds.map((kind) => `${each}_${kind}`),
  );
  return /** @type {Api.BedCategory[]} */ (categories.flat());
}

/**
 * Give what some bed categories are for, and the kind of care. These may mean a few categories more.
 * @param {readonly string[]} categories
 */
export function careOf(categories) {
  const single = Object.keys(SINGLE_CATEGORIES).filter((each) =>
    categories.includes(SINGLE_CATEGORIES[each]),
  );
  const careFor = new Set();
  const kinds = new Set();
  for (const category of categories) {
    const [, name, kind] = /^(.+)_(nursing|residential)$/.exec(category) || [];
    if (!(name in CARE_FOR)) continue;
    careFor.add(name);
    kinds.add(kind);
  }
  return { careFor: [...careFor, ...single], care: kinds.size === 1 ? [...kinds][0] : "" };
}
