// Package static serves what the browser loads: one stylesheet, one script,
// two fonts, the icons. Their sources stand in css/, js/ and icons.svg;
// `make build` bundles them into dist/ under names that carry a hash of the
// content, so browsers may keep them for a year.
//
// dist/ is not committed. A program built without it works, but its pages are
// bare; Built tells, and the handler answers with a sentence that says what to
// run.
package static
