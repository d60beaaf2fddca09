// Distances in words.

/**
 * Write a distance: "0.4 miles", "12 miles".
 * @param {number} miles
 */
export function milesInWords(miles) {
  const rounded = miles < 9.95 ? miles.toFixed(1) : String(Math.round(miles));
  return rounded === "1.0" ? "1 mile" : `${rounded} miles`;
}
