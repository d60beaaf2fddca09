// The page on paper.

let stop = () => {};

// On paper every home is there and every table of numbers open; afterwards all is as it was.
export function whilePrinting(main, showAll) {
  stop();
  let undo = [];
  const before = () => {
    after();
    const closed = [...main.querySelectorAll("details:not([open])")];
    for (const each of closed) each.open = true;
    undo = [showAll(), () => closed.forEach((each) => (each.open = false))];
  };
  const after = () => {
    undo.forEach((each) => each());
    undo = [];
  };
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  stop = () => {
    window.removeEventListener("beforeprint", before);
    window.removeEventListener("afterprint", after);
  };
}
