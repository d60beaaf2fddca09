// Which of a home's free beds fit a search.

/**
 * Divide a home's free beds into those of the search's categories and the others.
 * @param {Api.SearchResult} home
 * @param {readonly Api.BedCategory[]} categories none means any
 */
export function freeBeds(home, categories) {
  const all = /** @type {[Api.BedCategory, number][]} */ (Object.entries(home.free));
  /** @param {[Api.BedCategory, number]} bed */
  const fits = ([category]) =>
    !categories.length ||
    [category, ...usesOf(home, category)].some((each) => categories.includes(each));
  return { fitting: all.filter(fits), others: all.filter((each) => !fits(each)) };
}

/**
 * List what else a home's beds of a category may be used as.
 * @param {Pick<Api.SearchResult, "also_as">} home
 * @param {Api.BedCategory} category
 */
export function usesOf({ also_as: alsoAs = {} }, category) {
  return alsoAs[category] || [];
}
