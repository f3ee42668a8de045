// Places in the text: from what is selected on the page to code points of the article, and back.
// The text content of a block is the text of its span, and data-o is where that begins.

const points = (string) => { let n = 0; for (const _ of string) n += 1; return n; };

const blocks = () => [...document.querySelectorAll(".b[data-o]")];

function pointOf(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const block = element && element.closest(".b[data-o]");
  if (!block) return null;
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  return Number(block.dataset.o) + points(range.toString());
}

/** The selected span [start, end] in code points, without white space at its edges; null when nothing of the text is selected. */
export function selected() {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  let start = pointOf(range.startContainer, range.startOffset);
  let end = pointOf(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return null;
  const words = range.toString();
  start += points(words.match(/^\s*/)[0]);
  end -= points(words.match(/\s*$/)[0]);
  return start < end ? [start, end] : null;
}

function positionAt(block, point) {
  let left = point - Number(block.dataset.o);
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const here = points(node.data);
    if (left <= here) return [node, [...node.data].slice(0, left).join("").length];
    left -= here;
  }
  return null;
}

/** A DOM range for a span of the text; null when it is not on the page. */
export function rangeOf([start, end]) {
  const all = blocks();
  const holds = (point) => all.find((b) => Number(b.dataset.o) <= point && point <= Number(b.dataset.o) + points(b.textContent));
  const first = holds(start);
  const last = holds(end);
  if (!first || !last) return null;
  const from = positionAt(first, start);
  const to = positionAt(last, end);
  if (!from || !to) return null;
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  return range;
}

/** Select a span of the text, as a person would with the mouse. */
export function select(span) {
  const range = rangeOf(span);
  if (!range) return;
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

/** Colour the evidence of a fact without touching the document. */
export function showEvidence(spans) {
  if (!window.CSS || !CSS.highlights) return;
  CSS.highlights.delete("evidence");
  const ranges = spans.map(rangeOf).filter(Boolean);
  if (ranges.length) CSS.highlights.set("evidence", new Highlight(...ranges));
}

/** Whether the page shows a span as right-to-left text. */
export function languageAt(point) {
  const block = blocks().findLast((b) => Number(b.dataset.o) <= point);
  return block ? block.lang : "en";
}
