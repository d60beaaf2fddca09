// Where the figures of a chart stand, without drawing any.

/**
 * Give the number at the top of an axis: 2, 4, 6, 8, 10, 20, 40, ... Half of it is whole, too.
 * @param {number} value
 */
export function axisTop(value) {
  for (let ten = 1; ; ten *= 10) {
    for (const each of [2 * ten, 4 * ten, 6 * ten, 8 * ten, 10 * ten]) {
      if (each >= value) return each;
    }
  }
}

/**
 * Write the path of a line through the figures; null leaves a gap.
 * @param {readonly (number | null)[]} values
 * @param {(number: number) => number} x of the figure with that number
 * @param {(value: number) => number} y of a figure
 */
export function linePath(values, x, y) {
  let path = "";
  let pen = "M";
  values.forEach((value, number) => {
    if (value === null) {
      pen = "M";
      return;
    }
    path += `${pen}${x(number).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = "L";
  });
  return path;
}
