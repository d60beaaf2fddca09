// Words that go with a number, and several words in a row.

/**
 * Write a number with its noun: "1 bed", "2 beds".
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

/**
 * Join words: "a", "a and b", "a, b and c".
 * @param {readonly string[]} words
 */
export function listed(words) {
  return joined(words, "and");
}

/**
 * Join words of which one will do: "a", "a or b", "a, b or c".
 * @param {readonly string[]} words
 */
export function either(words) {
  return joined(words, "or");
}

/**
 * @param {readonly string[]} words
 * @param {string} last
 */
function joined(words, last) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}
