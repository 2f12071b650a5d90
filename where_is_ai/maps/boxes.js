/* Boxes of text, from x0 and y0 to x1 and y1, and the lines that lead to them. */
const ALONG = [0, 0.25, 0.5, 0.75, 1]; // of a line or a side, where it is looked at
const boxesOverlap = (one, other) => one.x0 < other.x1 && other.x0 < one.x1 && one.y0 < other.y1 && other.y0 < one.y1;
/* Whether a line, if there is one, enters a box. */
const lineEnters = (line, box) => line && ALONG.some((part) => {
  const [x, y] = [line.x1 + (line.x2 - line.x1) * part, line.y1 + (line.y2 - line.y1) * part];
  return x > box.x0 && x < box.x1 && y > box.y0 && y < box.y1;
});
