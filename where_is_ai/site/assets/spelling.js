/* Words that are spelled almost alike: a letter more, less or other, or two that changed places; two such in long words. */
(() => {
  "use strict";
  const site = (window.whereIsAI = window.whereIsAI || {});
  const SHORT = 4;
  const LONG = 9;

  /* How many edits part two words, or more than `most`, as soon as that is sure. */
  function edits(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let [before, last] = [[], [...Array(other.length + 1).keys()]];
    for (let row = 1; row <= one.length; row += 1) {
      const now = [row];
      for (let column = 1; column <= other.length; column += 1) {
        const same = one[row - 1] === other[column - 1];
        now[column] = Math.min(last[column] + 1, now[column - 1] + 1, last[column - 1] + !same);
        const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
        if (swapped) now[column] = Math.min(now[column], before[column - 2] + 1);
      }
      if (Math.min(...now) > most) return most + 1;
      [before, last] = [last, now];
    }
    return last[other.length];
  }

  /* Whether `asked` may be meant for `known`; short words have to be the same. */
  site.alike = (asked, known) => {
    const most = asked.length < SHORT ? 0 : asked.length < LONG ? 1 : 2;
    return asked === known || (most > 0 && edits(asked, known, most) <= most);
  };
  /* Whether each word that was asked for is almost one of the words of a text. */
  site.wordsAlike = (asked, words) => asked.length > 0 && asked.every((word) => words.some((known) => site.alike(word, known)));
})();
